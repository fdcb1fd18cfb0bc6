"""What a person aims at and what they measure: long goals, daily targets, weight, waist, blood pressure, glucose.

This room keeps targets and measurements only. It refuses to know what was eaten, moved or written: how far a goal
has come is arithmetic over numbers that others bring. It judges no body and names no class of weight.
"""

"""흐름: how weeks and months went, drawn from the days that were written. It keeps nothing and judges nothing."""

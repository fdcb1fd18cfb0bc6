"""Rules over what was written. Plain Python: values in, cards out, the same for the same days."""

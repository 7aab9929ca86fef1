"""Whether planned posts go out: signs of life of the worker, punctuality, what is stuck, and who is told."""

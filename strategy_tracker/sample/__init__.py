"""The sample partnership: West Kent and its plan for 2010-11, for trying the product out."""

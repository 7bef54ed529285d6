"""The one gate to money: what is asked becomes a plan with its price, then clips and jobs."""

"""What if the rules were others: who rises and falls, what decides levels, which band fits."""

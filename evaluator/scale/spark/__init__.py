"""A round scored by Apache Spark, for data that one machine does not hold or read fast enough."""

"""The only news that assessment sends upward. Both are sent inside the transaction that they tell of.

`result` is the Result, `event` its ResultEvent, `at` the instant.
"""

from django.dispatch import Signal

result_released = Signal()
result_withdrawn = Signal()

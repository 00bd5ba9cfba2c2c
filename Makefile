# For those who like make. Both lines do what bootstrap.py says; options go to it directly.
.PHONY: demo test

demo:
	python3 bootstrap.py demo

test:
	python3 bootstrap.py test

"""What the activities of a lesson ask and how an answer is read and explained, without any framework."""

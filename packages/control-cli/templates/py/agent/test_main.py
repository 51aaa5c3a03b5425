import os
import tempfile
import unittest

from main import Arrivals


class ArrivalsTest(unittest.TestCase):
    def test_counts_what_came_since_it_was_asked(self):
        with tempfile.TemporaryDirectory() as folder:
            arrivals = Arrivals(folder)
            arrivals.look()
            self.assertEqual(arrivals.summarize(), ({"came": 0, "files": 0}, "idle"))
            open(os.path.join(folder, "letter.txt"), "w").close()
            os.mkdir(os.path.join(folder, "drafts"))
            arrivals.look()
            self.assertEqual(arrivals.summarize(), ({"came": 1, "files": 1}, "worked"))


if __name__ == "__main__":
    unittest.main()

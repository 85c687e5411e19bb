"""The second verifier: its own tests, the shared vectors, and every sealed record of the folder."""

import os
import pathlib
import sys
import unittest

END2END = pathlib.Path(__file__).resolve().parent.parent.parent


class Told(unittest.TestResult):
    """A line for each test."""

    def addSuccess(self, test):
        print(f"ok {test.id()}")

    def addError(self, test, err):
        print(f"not ok {test.id()}: {self._exc_info_to_string(err, test).splitlines()[-1]}")

    addFailure = addError

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.addError(subtest, err)


def main():
    os.environ["CORPUS"] = str(pathlib.Path(sys.argv[1]).resolve())
    sys.path.insert(0, str(END2END))
    tests = unittest.defaultTestLoader.loadTestsFromName("verify_test")
    tests.run(Told())


if __name__ == "__main__":
    main()

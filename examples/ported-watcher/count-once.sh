#!/bin/sh
# One newline, and the end of stdin: a program for execd answers once and ends.
echo | ./count.sh

module example.org/reach-agent

go 1.23

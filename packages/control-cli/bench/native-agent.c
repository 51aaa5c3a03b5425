// A native agent for measuring: it speaks JLP and does no work. `mimolo bench` builds it with the machine's `cc`.
// usage: native-agent idle HEARTBEAT_MS
//        native-agent flood HEARTBEAT_MS MESSAGES_PER_S SUMMARY_EVERY   (0 per second: as fast as they are taken)
//        native-agent probe HEARTBEAT_MS                                (each heartbeat says when it was written)
// It ends with exit code 0 at `shutdown`, at a `sequence` and at the end of its stdin.
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LINE_BYTES = 1024, BATCH_BYTES = 16384, COMMAND_BYTES = 65536 };

static char batch[BATCH_BYTES];
static size_t batchLength, batchWritten;
static long long batchMessages;

static long long monotonicUs(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (long long)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static const char *timestamp(void) {
  static char text[40];
  char seconds[24];
  struct timespec now;
  struct tm utc;
  clock_gettime(CLOCK_REALTIME, &now);
  gmtime_r(&now.tv_sec, &utc);
  strftime(seconds, sizeof seconds, "%Y-%m-%dT%H:%M:%S", &utc);
  snprintf(text, sizeof text, "%s.%03ldZ", seconds, now.tv_nsec / 1000000);
  return text;
}

/** Writes all of it, waiting for room where there is none; without a reader there is nothing left to do. */
static void put(const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t done = write(STDOUT_FILENO, bytes, length);
    if (done >= 0) {
      bytes += done;
      length -= (size_t)done;
    } else if (errno == EAGAIN) {
      struct pollfd room = {STDOUT_FILENO, POLLOUT, 0};
      poll(&room, 1, -1);
    } else if (errno != EINTR) {
      exit(0);
    }
  }
}

static int heartbeat(char *into, long long sentUs) {
  return snprintf(into, LINE_BYTES,
                  "{\"type\":\"heartbeat\",\"timestamp\":\"%s\",\"metrics\":{\"queue\":0,\"mem_mb\":1,\"cpu_ms\":0.2,\"sent_us\":%lld}}\n",
                  timestamp(), sentUs);
}

static int summary(char *into, const char *keepAlive, int samples) {
  const char *now = timestamp();
  int length = snprintf(into, LINE_BYTES,
                        "{\"type\":\"summary\",\"timestamp\":\"%s\",\"data\":{\"schema\":\"bench.summary.v1\","
                        "\"activity_signal\":{\"mode\":\"active\",\"keep_alive\":%s,\"reason\":\"8 files were saved\"},\"counts\":{\"total\":%d},\"path_samples\":[",
                        now, keepAlive, samples);
  for (int i = 0; i < samples; i++)
    length += snprintf(into + length, LINE_BYTES - (size_t)length, "%s\"src/some/folder/file-%d.ts\"", i == 0 ? "" : ",", i);
  return length + snprintf(into + length, LINE_BYTES - (size_t)length, "]}}\n");
}

static void say(const char *text) { put(text, strlen(text)); }

static void acknowledge(const char *command) {
  char line[LINE_BYTES];
  snprintf(line, sizeof line, "{\"type\":\"ack\",\"timestamp\":\"%s\",\"ack_command\":\"%s\"}\n", timestamp(), command);
  say(line);
}

static void flush(void) {
  char line[LINE_BYTES];
  put(line, (size_t)summary(line, "false", 0));
  acknowledge("flush");
}

static void status(void) {
  char line[LINE_BYTES];
  snprintf(line, sizeof line, "{\"type\":\"status\",\"timestamp\":\"%s\",\"health\":\"ok\"}\n", timestamp());
  say(line);
}

/** Lines must not mix: what was begun of a batch is ended before anything is answered. */
static void endBatch(void) {
  if (batchWritten > 0) put(batch + batchWritten, batchLength - batchWritten);
  if (batchWritten > 0) batchWritten = batchLength = 0;
}

static void obey(const char *line) {
  endBatch();
  if (strstr(line, "\"cmd\":\"flush\"")) flush();
  if (strstr(line, "\"cmd\":\"status\"")) status();
  if (strstr(line, "\"cmd\":\"sequence\"")) {
    acknowledge("stop");
    flush();
    acknowledge("shutdown");
    exit(0);
  }
  if (strstr(line, "\"cmd\":\"shutdown\"")) exit(0);
}

static void readCommands(void) {
  static char waiting[COMMAND_BYTES + 1];
  static size_t length;
  ssize_t got = read(STDIN_FILENO, waiting + length, COMMAND_BYTES - length);
  if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN)) exit(0);
  if (got < 0) return;
  length += (size_t)got;
  waiting[length] = '\0';
  char *line = waiting;
  for (char *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
    *end = '\0';
    obey(line);
  }
  length -= (size_t)(line - waiting);
  memmove(waiting, line, length);
  if (length == COMMAND_BYTES) length = 0;
}

/** Fills the batch with up to `most` messages, every `summaryEvery`th a summary of 440 bytes. */
static void fillBatch(long long most, int summaryEvery) {
  static long long sent;
  batchLength = batchWritten = 0;
  for (batchMessages = 0; batchMessages < most && batchLength + LINE_BYTES < BATCH_BYTES; batchMessages++) {
    char *into = batch + batchLength;
    batchLength += (size_t)(++sent % summaryEvery == 0 ? summary(into, "true", 8) : heartbeat(into, 0));
  }
}

static void writeBatch(void) {
  ssize_t done = write(STDOUT_FILENO, batch + batchWritten, batchLength - batchWritten);
  if (done < 0 && errno != EAGAIN && errno != EINTR) exit(0);
  if (done > 0) batchWritten += (size_t)done;
  if (batchWritten == batchLength) batchWritten = batchLength = 0;
}

int main(int count, char **words) {
  if (count < 3) return 2;
  int flooding = strcmp(words[1], "flood") == 0, probing = strcmp(words[1], "probe") == 0;
  long long everyUs = atoll(words[2]) * 1000, perSecond = flooding && count > 3 ? atoll(words[3]) : 0;
  int summaryEvery = flooding && count > 4 ? atoi(words[4]) : 10;
  char line[LINE_BYTES];
  fcntl(STDOUT_FILENO, F_SETFL, fcntl(STDOUT_FILENO, F_GETFL) | O_NONBLOCK);
  snprintf(line, sizeof line,
           "{\"type\":\"handshake\",\"timestamp\":\"%s\",\"protocol_version\":\"0.4\",\"agent_version\":\"1.0.0\","
           "\"capabilities\":[\"summary\",\"heartbeat\",\"status\"]}\n",
           timestamp());
  say(line);
  long long startedUs = monotonicUs(), nextUs = startedUs + everyUs, messages = 0;
  for (;;) {
    long long nowUs = monotonicUs();
    if (nowUs >= nextUs) {
      endBatch();
      put(line, (size_t)heartbeat(line, probing ? monotonicUs() : 0));
      while (nextUs <= nowUs) nextUs += everyUs;
    }
    long long due = !flooding ? 0 : perSecond == 0 ? BATCH_BYTES : (nowUs - startedUs) * perSecond / 1000000 - messages;
    if (batchLength == 0 && due > 0) {
      fillBatch(due, summaryEvery);
      messages += batchMessages;
    }
    struct pollfd ends[2] = {{STDIN_FILENO, POLLIN, 0}, {STDOUT_FILENO, batchLength > 0 ? POLLOUT : 0, 0}};
    long long waitUs = nextUs - nowUs;
    poll(ends, 2, flooding && perSecond > 0 && batchLength == 0 ? 1 : (int)((waitUs + 999) / 1000));
    if (ends[0].revents != 0) readCommands();
    if (batchLength > 0 && (ends[1].revents & POLLOUT)) writeBatch();
    if (ends[1].revents & (POLLERR | POLLHUP)) return 0;
  }
}

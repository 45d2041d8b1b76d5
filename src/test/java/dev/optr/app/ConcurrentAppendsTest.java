package dev.optr.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that append to one ledger at once and are killed while they do. */
final class ConcurrentAppendsTest {
  private static final int PROCESSES = 4;
  private static final int EACH = 50;
  private static final int KILLS_EACH = 3;

  @TempDir private Path directory;

  @Test
  @Timeout(value = 300)
  void loseNothingAndDoubleNothingWhenTheyAreKilled()
      throws InterruptedException, ExecutionException, IOException {
    try (LedgerSite site = LedgerSite.make(directory);
        ExecutorService threads = Executors.newFixedThreadPool(PROCESSES)) {
      List<Future<List<String>>> writers = new ArrayList<>();
      for (int i = 0; i < PROCESSES; i++) {
        int number = i + 1;
        writers.add(threads.submit(() -> write(site, number)));
      }
      List<String> acknowledged = new ArrayList<>();
      for (Future<List<String>> writer : writers) {
        acknowledged.addAll(writer.get());
      }
      List<String> lines = site.main().lines().toList();
      assertThat(site.main()).endsWith("\n");
      assertThat(lines).hasSize(PROCESSES * EACH + 1).doesNotHaveDuplicates();
      assertThat(acknowledged)
          .allSatisfy(
              id ->
                  assertThat(lines.stream().filter(line -> line.contains("\"id\":" + id + ",")))
                      .hasSize(1));
      Invocation verified =
          Invocation.of(
              directory, Map.of(), "verify", "--ledger", "lake/datalake/ledger.jsonl", "--json");
      assertThat(verified.exit()).as(verified.out()).isZero();
      assertThat(verified.document().integer("entries")).isEqualTo(PROCESSES * EACH + 1);
      try (Stream<Path> left = Files.list(directory.resolve("lake/datalake"))) {
        assertThat(left.map(file -> String.valueOf(file.getFileName())))
            .as("no leftovers")
            .containsExactly("ledger.jsonl");
      }
    }
  }

  /**
   * Starts the process until it was killed often enough and came to its end; gives what it said.
   */
  private List<String> write(LedgerSite site, int number) throws IOException, InterruptedException {
    Random random = new Random(number);
    List<String> said = new ArrayList<>();
    for (int start = 0; ; start++) {
      Process process = begin(site, number);
      int killAfter = start < KILLS_EACH ? 1 + random.nextInt(12) : Integer.MAX_VALUE;
      int heard = 0;
      try (BufferedReader out =
          new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
          said.add(line.substring("appended ".length()));
          if (++heard == killAfter) {
            // Somewhere in the next append, or in those of the others that it waits for.
            TimeUnit.MICROSECONDS.sleep(random.nextInt(40_000));
            process.toHandle().destroyForcibly();
          }
        }
      }
      if (process.waitFor() == 0) {
        return said;
      }
      assertThat(start).as("it ended by itself with an error").isLessThan(KILLS_EACH);
    }
  }

  private static Process begin(LedgerSite site, int number) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            AppendingProcess.class.getName(),
            site.home().resolve("lake").toString(),
            String.valueOf(number * 1000L),
            String.valueOf(EACH))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}

package dev.optr.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program that ran.
 *
 * @param mebibytes most that was resident, as the kernel counted it
 */
record Timed(double seconds, double mebibytes, String output) {
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
  private static final int PAUSE_MILLISECONDS = 10;

  /** Runs a program that must succeed. */
  static Timed run(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("bench", ".out");
    try {
      long start = System.nanoTime();
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      double peak = 0;
      while (!process.waitFor(PAUSE_MILLISECONDS, TimeUnit.MILLISECONDS)) {
        peak = Math.max(peak, peak(process.pid()));
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      String text = Files.readString(output, UTF_8);
      if (process.exitValue() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + text);
      }
      return new Timed(seconds, peak, text);
    } finally {
      Files.delete(output);
    }
  }

  /** The peak only grows, so the last look before the end tells it. */
  private static double peak(long pid) {
    try {
      Matcher matcher = PEAK.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
      return matcher.find() ? Long.parseLong(matcher.group(1)) / 1024.0 : 0;
    } catch (IOException | UncheckedIOException gone) {
      return 0;
    }
  }
}

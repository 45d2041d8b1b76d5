package dev.optr.isolation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * User ids that own nothing. The range is the one that systemd's list of user ids names as unused
 * by everybody ("Users, Groups, UIDs and GIDs on systemd Systems").
 */
final class UserIds {
  static final int FIRST = 60_706;
  static final int LAST = 61_183;
  private static final Path PROCESSES = Path.of("/proc");
  private static final String PROCESS = "[0-9]*";
  private static final Pattern FIRST_NUMBER = Pattern.compile("\\s*([0-9]+).*");

  private final Set<Integer> taken = new HashSet<>();

  /** One that no process of this machine runs under. */
  synchronized int take() {
    Set<Integer> running = running();
    int count = LAST - FIRST + 1;
    int start = ThreadLocalRandom.current().nextInt(count);
    for (int i = 0; i < count; i++) {
      int id = FIRST + (start + i) % count;
      if (!running.contains(id) && taken.add(id)) {
        return id;
      }
    }
    throw new RefusedException("no unused user id is left");
  }

  synchronized void giveBack(int id) {
    taken.remove(id);
  }

  /** The user id that a process runs under; empty where there is no such process. */
  static OptionalInt of(Path process) {
    return number(process, "Uid:");
  }

  /** How many processes and threads a user id has, as its limit counts them. */
  static int running(int id) {
    int count = 0;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, PROCESS)) {
      for (Path process : processes) {
        if (of(process).equals(OptionalInt.of(id))) {
          count += number(process, "Threads:").orElse(0);
        }
      }
      return count;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<Integer> running() {
    Set<Integer> found = new HashSet<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, PROCESS)) {
      processes.forEach(process -> of(process).ifPresent(found::add));
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first number of a line of {@code /proc/PID/status}. */
  private static OptionalInt number(Path process, String name) {
    try (Stream<String> lines =
        Files.lines(process.resolve("status"), StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> FIRST_NUMBER.matcher(line.substring(name.length())))
          .filter(Matcher::matches)
          .mapToInt(found -> Integer.parseInt(found.group(1)))
          .findFirst();
    } catch (IOException | UncheckedIOException ended) {
      return OptionalInt.empty();
    }
  }
}

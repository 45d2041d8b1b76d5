package dev.optr.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.OwnedDirectory;
import dev.optr.isolation.Experiments.Reach;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Finds out by experiment what isolation is worth on this machine: whether a thing can be done
 * without it and not with it. That a call which confines did not fail proves nothing.
 */
final class Probe {
  private static final long PATIENCE_SECONDS = 20;

  /** Tells what the child of a confined thread is and can do; the parent is this process. */
  private static final String SCRIPT =
      "cat \"/proc/$1/environ\" >/dev/null 2>&1 && echo reads environment;"
          + " head -c 1 \"/proc/$1/mem\" >/dev/null 2>&1 && echo reads memory;"
          + " ls \"/proc/$1/fd/\" >/dev/null 2>&1 && echo reads descriptors;"
          + " cat \"$2\" >/dev/null 2>&1 && echo reads files;"
          + " cat /proc/self/status; echo end";

  /**
   * @param missing what does not hold, each in a few words; nothing where all does
   */
  record Result(Mechanisms mechanisms, List<String> missing) {}

  private final SystemCalls calls;
  private final Path temporary;
  private final LongSupplier nanoTime;

  Probe(SystemCalls calls, Path temporary, LongSupplier nanoTime) {
    this.calls = calls;
    this.temporary = temporary;
    this.nanoTime = nanoTime;
  }

  /** To be called on a platform thread. */
  Result run() throws IOException, InterruptedException {
    Process bystander = new ProcessBuilder("/bin/sh", "-c", "read -r _").start();
    try (OwnedDirectory directory = OwnedDirectory.create(temporary)) {
      Path file = Files.createFile(directory.content().resolve("file"));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
      return run(directory.content(), new Experiments(calls, file, bystander.pid()), file);
    } finally {
      bystander.destroyForcibly().waitFor();
    }
  }

  private Result run(Path directory, Experiments experiments, Path file)
      throws IOException, InterruptedException {
    Set<Reach> unconfined;
    try (ConfinedThread thread = new ConfinedThread()) {
      unconfined = tried(thread, experiments);
    }
    Path own = Files.createDirectory(directory.resolve("run"));
    Mechanisms mechanisms = Mechanisms.find(calls, own);
    AtomicReference<Set<Reach>> confined = new AtomicReference<>(EnumSet.allOf(Reach.class));
    List<String> child =
        child(
            new Starter(calls, mechanisms, nanoTime),
            own,
            file,
            thread -> confined.set(tried(thread, experiments)));
    boolean scoped = unconfined.contains(Reach.SIGNALS) && !confined.get().contains(Reach.SIGNALS);
    List<String> missing = missing(mechanisms, unconfined, confined.get());
    missing.addAll(missing(mechanisms, child));
    return new Result(mechanisms.endingAll(scoped), missing);
  }

  private static Set<Reach> tried(ConfinedThread thread, Experiments experiments) {
    try {
      return thread.call(experiments::run);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> child(Starter starter, Path own, Path file, Consumer<ConfinedThread> before)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                SCRIPT,
                "probe",
                Long.toString(ProcessHandle.current().pid()),
                file.toString())
            .directory(own.toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    Confinement confinement =
        new Confinement(List.of(own), own, own, List.of(), List.of(), Limits.USUAL);
    try (Confined confined = starter.start(builder, confinement, before)) {
      Process process = confined.process();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      return new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    }
  }

  private List<String> missing(Mechanisms mechanisms, Set<Reach> unconfined, Set<Reach> confined) {
    List<String> missing = new ArrayList<>();
    for (Reach reach : Reach.values()) {
      if (confined.contains(reach)) {
        missing.add(reach.text());
      } else if (!unconfined.contains(reach) && !canBeTrusted(reach)) {
        missing.add("unproven: " + reach.text());
      }
    }
    if (calls.call(SystemCall.GETUID) == 0 && !mechanisms.otherUser()) {
      missing.add("no other user id");
    }
    return missing;
  }

  /** A machine without such sockets has nothing that could be reached by them. */
  private static boolean canBeTrusted(Reach reach) {
    return switch (reach) {
      case UNIX_SOCKETS, TCP, UDP, NETLINK, NAMESPACES -> true;
      case READS_FILES, WRITES_FILES, TRUNCATES_FILES, SIGNALS -> false;
    };
  }

  private static List<String> missing(Mechanisms mechanisms, List<String> child) {
    List<String> missing = new ArrayList<>();
    child.stream()
        .filter(line -> line.startsWith("reads "))
        .map(line -> line.replace("reads ", "candidate code reads our "))
        .forEach(missing::add);
    require(child, "end", "a confined program does not run", missing);
    require(child, "NoNewPrivs:\t1", "no_new_privs", missing);
    require(child, "Seccomp:\t2", "system calls are not filtered", missing);
    for (String set : List.of("CapInh", "CapPrm", "CapEff", "CapAmb")) {
      require(child, set + ":\t0000000000000000", "capabilities are left", missing);
    }
    if (mechanisms.otherUser()) {
      require(child, "CapBnd:\t0000000000000000", "capabilities are left", missing);
    }
    return missing.stream().distinct().toList();
  }

  private static void require(
      List<String> child, String line, String otherwise, List<String> missing) {
    if (!child.contains(line)) {
      missing.add(otherwise);
    }
  }
}

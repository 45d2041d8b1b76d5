package dev.optr.isolation;

import dev.optr.agents.ConfinedLauncher;
import dev.optr.base.OwnedDirectory;
import dev.optr.process.Launcher;
import dev.optr.process.OutputHead;
import dev.optr.process.Program;
import dev.optr.process.ProgramResult;
import dev.optr.process.ProgramRunner;
import dev.optr.process.Scratch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Tries every attack, first without isolation and then with it, as the user that it is started by.
 * Arguments: a directory of that user's and the classes. Writes a line for each into {@code
 * results}.
 */
final class HostileMain {
  private static final Limits SMALL = new Limits(64, 1024, 32L << 20, 10_000);
  private static final Duration LONG = Duration.ofMinutes(2);

  private final Path directory;
  private final Path classes;
  private final Victim victim;
  private final PrintWriter results;

  private HostileMain(Path directory, Path classes, Victim victim, PrintWriter results) {
    this.directory = directory;
    this.classes = classes;
    this.victim = victim;
    this.results = results;
  }

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    Path classes = Path.of(arguments[1]);
    Path results = directory.resolve("results");
    try (Victim victim = new Victim(Files.createDirectory(directory.resolve("victim")));
        PrintWriter out = new PrintWriter(Files.newBufferedWriter(results), true)) {
      HostileMain main = new HostileMain(directory, classes, victim, out);
      // First without: to confine anything hides this process for good.
      main.tryAll("off", Launcher.DIRECT);
      Isolation isolation = Isolation.probe(directory, System::nanoTime);
      out.println("level " + isolation.level().text());
      Launcher confined = new ConfinedLauncher(isolation, List.of(classes), List.of(), SMALL);
      main.tryAll("required", confined);
      main.tool("compile", COMPILE, confined);
      main.tool("node", NODE, confined);
      main.tool("python", PYTHON, confined);
      main.tool("git", GIT, confined);
    }
  }

  private static final String COMPILE =
      "echo 'public class A { public static void main(String[] a) throws Exception {"
          + " System.out.println(java.io.File.createTempFile(\"abc\", \"d\").exists()); } }' > A.java"
          + " && JAVAc A.java && JAVA A | grep -x true && echo CANARY";
  private static final String NODE =
      "node -e 'require(\"child_process\").execSync(\"true\"); console.log(\"CANARY\")'";
  private static final String PYTHON =
      "/usr/bin/python3 -c 'import subprocess; subprocess.check_call([\"true\"]); print(\"CANARY\")'";
  private static final String GIT =
      "git init -q r && cd r && git -c user.name=a -c user.email=a@b commit -q --allow-empty -m a"
          + " && git log --oneline | grep a && echo CANARY";

  private void tool(String name, String script, Launcher launcher) throws Exception {
    String java = System.getProperty("java.home") + "/bin/java";
    results.println(name + " required " + run(script.replace("JAVA", java), launcher));
  }

  private void tryAll(String mode, Launcher launcher) throws Exception {
    for (Attack attack : Attack.values()) {
      String script = attack.script(victim.directory(), classes, victim.port());
      String outcome = run(script, launcher);
      if (attack == Attack.OUTLIVE_THE_RUN) {
        List<ProcessHandle> survivors = survivors();
        outcome = survivors.isEmpty() ? "none survived" : "CANARY";
        survivors.forEach(ProcessHandle::destroyForcibly);
      }
      results.println(attack + " " + mode + " " + outcome);
    }
  }

  private String run(String script, Launcher launcher) throws Exception {
    try (OwnedDirectory candidate = OwnedDirectory.create(directory);
        Scratch scratch = Scratch.in(directory)) {
      Program program =
          new Program(
              List.of("sh", "-c", script),
              candidate.content(),
              scratch,
              Map.of(
                  "PATH", "/usr/local/bin:/usr/bin:/bin",
                  "HOME", scratch.home().toString(),
                  "TMPDIR", scratch.temporary().toString()),
              Program.NO_INPUT,
              LONG);
      OutputHead output = new OutputHead(1 << 20);
      ProgramResult result =
          new ProgramRunner(System::nanoTime, launcher).runMerged(program, output);
      String text = new String(output.bytes().toArray(), StandardCharsets.UTF_8);
      return result + " " + text.replaceAll("[^\\x20-\\x7e]+", " ");
    }
  }

  /** Those that the last attack left running, found by what they were told to do. */
  private static List<ProcessHandle> survivors() {
    return ProcessHandle.allProcesses().filter(HostileMain::isSurvivor).toList();
  }

  private static boolean isSurvivor(ProcessHandle process) {
    try {
      Path file = Path.of("/proc", Long.toString(process.pid()), "cmdline");
      String line = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      return line.startsWith("sleep\0" + Attack.SURVIVOR) && process.isAlive();
    } catch (IOException ended) {
      return false;
    }
  }
}

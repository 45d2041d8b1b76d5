package dev.optr.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import dev.optr.base.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgramRunnerTest {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Duration SHORT = Duration.ofMillis(700);

  private final ProgramRunner runner = new ProgramRunner(System::nanoTime);
  private final OutputHead output = new OutputHead(4 << 20);
  private final OutputTail errors = new OutputTail();
  @TempDir Path directory;
  private Scratch scratch;

  @BeforeEach
  void makesAHome() {
    scratch = Scratch.in(directory.resolve("homes"));
  }

  @AfterEach
  void removesIt() {
    scratch.close();
    assertThat(directory.resolve("homes")).isEmptyDirectory();
  }

  @Test
  void keepsBothStreamsApart() throws Exception {
    assertThat(run("echo out; echo err >&2; exit 3"))
        .isInstanceOfSatisfying(
            ProgramResult.Exited.class, exited -> assertThat(exited.exitCode()).isEqualTo(3));
    assertThat(output.bytes().utf8()).isEqualTo("out\n");
    assertThat(errors.text(new Redactor(List.of()))).isEqualTo("err\n");
  }

  @Test
  void passesArgumentsOnWithoutAShell() throws Exception {
    runner.run(program(List.of("printf", "%s\n", "$HOME; `id` *"), LONG), output, errors);
    assertThat(output.bytes().utf8()).isEqualTo("$HOME; `id` *\n");
  }

  @Test
  void givesExactlyTheEnvironmentThatIsWrittenOut() throws Exception {
    runner.run(program(List.of("/usr/bin/env"), LONG), output, errors);
    assertThat(output.bytes().utf8().lines()).containsExactly("ONLY=this");
  }

  @Test
  void readsItsInputFromAFileOfAnySize() throws Exception {
    Path input = scratch.write("input", Bytes.of(new byte[3 << 20]));
    Program program = new Program(List.of("wc", "-c"), directory, scratch, Map.of(), input, LONG);
    runner.run(program, output, errors);
    assertThat(output.bytes().utf8().strip()).isEqualTo("3145728");
  }

  @Test
  void doesNotWaitForAProgramThatNeverReadsItsInput() throws Exception {
    Path input = scratch.write("input", Bytes.of(new byte[3 << 20]));
    Program program = new Program(List.of("true"), directory, scratch, Map.of(), input, LONG);
    assertThat(runner.run(program, output, errors)).isInstanceOf(ProgramResult.Exited.class);
  }

  @Test
  void givesNoInputWhereThereIsNone() throws Exception {
    run("cat; echo end");
    assertThat(output.bytes().utf8()).isEqualTo("end\n");
  }

  @Test
  void survivesFloodsOnBothStreams() throws Exception {
    run("head -c 20000000 /dev/zero & head -c 20000000 /dev/zero >&2; wait");
    assertThat(output.bytes().size()).isEqualTo(4 << 20);
    assertThat(output.wasCut()).isTrue();
  }

  @Test
  void saysWhyAProgramCouldNotBeStarted() throws Exception {
    assertThat(start("no-such-program-anywhere")).contains("No such file or directory");
    assertThat(start("no-such-program-anywhere")).doesNotContain(directory.toString());
    assertThat(start("true", "a\0b")).contains("null character");
    assertThat(start("true", "x".repeat(3_000_000))).contains("Argument list too long");
  }

  @Test
  void endsWhatExceedsALimitAndSaysWhich() throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    ProgramRunner limited =
        new ProgramRunner(System::nanoTime, (_, builder) -> new Exceeding(builder.start(), ended));
    ProgramResult result = limited.run(program(List.of("sleep", "6012"), LONG), output, errors);
    assertThat(result)
        .isInstanceOfSatisfying(
            ProgramResult.Stopped.class,
            stopped -> assertThat(stopped.exceeded()).isEqualTo("it wrote too much"));
    assertThat(ended).isTrue();
  }

  @Test
  void endsTheProgramOfAVirtualThreadThatIsInterrupted() throws Exception {
    Path started = directory.resolve("started");
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread lane =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    run("echo > " + started + "; exec sleep 6013");
                  } catch (Throwable e) {
                    thrown.set(e);
                  }
                });
    while (!Files.exists(started)) {
      Thread.sleep(10);
    }
    lane.interrupt();
    lane.join();
    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
  }

  /** Exceeds its limit from the start. */
  private record Exceeding(Process process, AtomicBoolean ended) implements Launcher.Running {
    @Override
    public Optional<String> exceeded() {
      return Optional.of("it wrote too much");
    }

    @Override
    public void endAll() {
      ended.set(true);
    }

    @Override
    public boolean owns(long pid) {
      return false;
    }

    @Override
    public void close() {
      assertThat(process.isAlive()).isFalse();
    }
  }

  @Test
  void handsOnTheLinesOfAProgramThatHadToBeEnded() throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    Program program = program(List.of("sh", "-c", "echo one; echo two; exec sleep 6010"), SHORT);
    assertThat(runner.run(program, new OutputLines(100, lines::add), errors))
        .isInstanceOf(ProgramResult.Stopped.class);
    assertThat(lines).containsExactly("one", "two");
  }

  @Test
  void endsAProgramWhoseReaderHasEnough() throws Exception {
    OutputLines untilStop = new OutputLines(100, line -> !line.equals("stop"));
    Program program = program(List.of("sh", "-c", "echo go; echo stop; exec sleep 6013"), LONG);
    assertThat(runner.run(program, untilStop, errors)).isInstanceOf(ProgramResult.Stopped.class);
    assertThat(untilStop.hasEnough()).isTrue();
  }

  @Test
  void endsWhatAProgramLeftBehind() throws Exception {
    run("(setsid sh -c 'echo $$; exec sleep 6011' &); sleep 0.3");
    String pid = output.bytes().utf8().strip();
    assertThat(stillRuns(pid)).isFalse();
  }

  @Test
  void endsTheProgramWhenTheCallerIsInterrupted() throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    List<String> lines = new CopyOnWriteArrayList<>();
    Program program = program(List.of("sh", "-c", "echo $$; exec sleep 6012"), LONG);
    Thread caller =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    runner.run(program, new OutputLines(100, lines::add), errors);
                  } catch (Throwable e) {
                    thrown.set(e);
                  }
                });
    while (lines.isEmpty()) {
      Thread.sleep(10);
    }
    caller.interrupt();
    caller.join();
    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    assertThat(stillRuns(lines.getFirst())).isFalse();
  }

  private ProgramResult run(String script) throws InterruptedException {
    return runner.run(program(List.of("sh", "-c", script), LONG), output, errors);
  }

  private String start(String... arguments) throws InterruptedException {
    ProgramResult result = runner.run(program(List.of(arguments), LONG), output, errors);
    return switch (result) {
      case ProgramResult.NotStarted(String reason) -> reason;
      case ProgramResult.Exited _, ProgramResult.Stopped _ ->
          throw new AssertionError(result.toString());
    };
  }

  private Program program(List<String> arguments, Duration limit) {
    return new Program(
        new ArrayList<>(arguments),
        directory,
        scratch,
        Map.of("ONLY", "this"),
        Program.NO_INPUT,
        limit);
  }

  /** Where nobody reaps it, an ended one stays listed as a zombie. */
  private static boolean stillRuns(String pid) {
    try {
      return !Files.readString(Path.of("/proc", pid, "stat")).contains(") Z ");
    } catch (IOException ended) {
      return false;
    }
  }
}

package dev.optr.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every lane does that is a program started here. A program sends its requests itself: status
 * codes, cut connections, waits, redirects and content types are its own affair, so that {@link
 * HttpLaneContract} says nothing of it. What the program makes of them reaches the lane as its exit
 * code and its output, and it is started once.
 */
public interface ProgramLaneContract extends LaneContract {
  ProgramLane lane();

  /**
   * An agent whose program is a shell script.
   *
   * @param timeout after which the program is ended
   */
  Agent running(String script, Duration timeout);

  /** The same, with more time than it takes. */
  default Agent running(String script) {
    return running(script, Duration.ofMinutes(5));
  }

  @Override
  default TestClock clock() {
    return new TestClock();
  }

  @Override
  default String credential() {
    return ProgramLane.KEY;
  }

  @Override
  default Question question() {
    Question question = lane().question();
    stage().open(question.trees());
    return question;
  }

  @Override
  default Failing changingNothing() {
    return new Failing(running("echo one > a.txt"), FailureCode.EMPTY, "it changed no file");
  }

  /** Nothing but words, and nothing done. */
  @Override
  default Failing refusing() {
    return new Failing(
        running("echo I am not allowed to do that"), FailureCode.EMPTY, "it changed no file");
  }

  /** Killed at work: what it changed until then is not taken for its answer. */
  @Override
  default Failing truncated() {
    return new Failing(
        running("echo two > a.txt; kill -9 $$"), FailureCode.SERVICE, "exited with 137");
  }

  @Override
  default Endless endless() {
    return new Endless(
        running("touch \"$HOME/begun\"; while :; do echo .; sleep 0.2; done"), this::hasBegun);
  }

  private boolean hasBegun() {
    try (Stream<Path> files =
        Files.find(lane().homes(), 4, (file, _) -> file.endsWith("home/begun"))) {
      return files.findAny().isPresent();
    } catch (IOException | UncheckedIOException beingMade) {
      return false;
    }
  }

  @AfterEach
  default void nothingOfTheProgramIsLeft() {
    assertThat(lane().homes())
        .satisfiesAnyOf(
            homes -> assertThat(homes).doesNotExist(),
            homes -> assertThat(homes).isEmptyDirectory());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " >&2"})
  default void survives50MegabytesOfOutput(String stream) {
    Answer answer =
        answer(
            running("head -c 52428800 /dev/zero | tr '\\0' '{'" + stream + "; echo two > a.txt"));

    assertThat(ProgramLane.changes(answer)).hasSize(1);
    assertThat(answer.exchange().transcript().toString().length()).isLessThan(100_000);
  }

  @Test
  default void isAServiceFailureWhereTheProgramExitsWithAnError() {
    Answer answer = answer(running("echo two > a.txt; exit 7"));

    assertThat(assertFailedWith(answer, FailureCode.SERVICE)).contains("exited with 7");
  }

  @Test
  default void startsTheProgramOnceWhateverItExitsWith() {
    assumeFalse(lane().isConfined(), "a confined one cannot leave marks");
    Path starts = lane().homes().resolveSibling("starts");

    Answer answer = answer(running("echo started >> '" + starts + "'; exit 1"));

    assertFailedWith(answer, FailureCode.SERVICE);
    assertThat(starts).hasContent("started\n");
  }

  @Test
  default void endsAProgramThatTricklesPastItsTime() {
    Answer answer =
        answer(
            running(
                "echo two > a.txt; while :; do echo .; sleep 0.2; done", Duration.ofSeconds(1)));

    assertThat(assertFailedWith(answer, FailureCode.TIMEOUT)).contains("was ended");
  }

  @ParameterizedTest
  @ValueSource(strings = {"decline", "submit_path", "dance"})
  default void keepsItsCredentialOutOfWhatTheProgramCalls(String tool) {
    for (String words : List.of(ProgramLane.KEY, "x".repeat(30) + ProgramLane.KEY)) {
      Answer answer = answer(running(calling(tool, words)));

      assertThat(answer).as(answer.toString()).isNotInstanceOf(Answer.Proposed.class);
      assertThat(answer.toString()).doesNotContain(ProgramLane.KEY.substring(0, 9));
    }
  }

  @Test
  default void keepsItsCredentialOutOfTheNameOfATool() {
    Answer answer = answer(running(calling("x".repeat(30) + ProgramLane.KEY, "x")));

    assertThat(answer).isInstanceOf(Answer.Failed.class);
    assertThat(answer.toString()).doesNotContain(ProgramLane.KEY.substring(0, 9));
  }

  /** A script that calls a tool as the program can, with words in all the arguments. */
  String calling(String tool, String words);
}

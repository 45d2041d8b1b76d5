package dev.optr.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.testing.SamplePolicy;
import dev.optr.workflow.Invariant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MissingProgramsTest {
  @TempDir Path bin;

  @BeforeEach
  void installOneProgram() throws IOException {
    Path program = Files.writeString(bin.resolve("there"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(bin.resolve("no-program"), "text\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "absent",
        "absent -q verify",
        "  absent 'a b' \"$HOME\" > out 2>&1",
        "cd services/a && absent",
        "absent && there",
        "no-program",
        "/nowhere/absent x",
      })
  void namesAProgramThatIsNotThere(String run) {
    assertThat(missing(run))
        .singleElement()
        .asString()
        .startsWith("invariant 'tests' will be unknown")
        .contains("is not found where checks run");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "there",
        "there && absent",
        "./absent",
        "bin/absent",
        "absent || there",
        "absent | there",
        "absent; there",
        "absent & there",
        "absent () { true",
        "if absent",
        "X=1 absent",
        "$ABSENT",
        "\"absent\"",
        "test -e x && absent",
        "[ -e x ] && absent",
        "exec absent",
        "! absent",
        "{ absent",
        ". ./env && absent",
        "export PATH=x && absent",
        "true",
      })
  void saysNothingThatIsNotCertain(String run) {
    assertThat(missing(run)).isEmpty();
  }

  @Test
  void saysNothingWhereTheSearchDependsOnTheDirectory() {
    for (String path : List.of(bin + ":.", bin + "::/bin", "", "bin")) {
      assertThat(new MissingPrograms(Map.of("PATH", path)).of(List.of(invariant("absent"))))
          .isEmpty();
    }
  }

  private List<String> missing(String run) {
    return new MissingPrograms(Map.of("PATH", bin.toString())).of(List.of(invariant(run)));
  }

  private static Invariant invariant(String run) {
    return SamplePolicy.command("tests", run, Duration.ofMinutes(1));
  }
}

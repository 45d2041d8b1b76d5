package dev.optr.actions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.optr.base.ServiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StepFilesTest {
  private static final int LIMIT = 1 << 20;

  @TempDir Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = directory.resolve("command");
  }

  private StepOutputs outputs() {
    return new StepOutputs(file, () -> "delimiter");
  }

  @Test
  void writesOutputsBetweenDelimiters() throws IOException {
    outputs().set("outcome", "selected");
    outputs().set("selected-agent", "");

    assertThat(file)
        .hasContent(
            """
            outcome<<delimiter
            selected
            delimiter
            selected-agent<<delimiter

            delimiter
            """);
    assertThat(Files.readString(file)).endsWith("delimiter\n");
  }

  @Test
  void keepsAnAttackInsideOfItsOwnValue() {
    outputs().set("tree", "x\noutcome<<EOF\nselected\nEOF\noutcome=selected");

    assertThat(file).content().startsWith("tree<<delimiter\nx\n").endsWith("\ndelimiter\n");
  }

  @Test
  void refusesAValueThatContainsItsDelimiter() {
    assertThatIllegalArgumentException().isThrownBy(() -> outputs().set("tree", "a\ndelimiter\nb"));
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\nb", "a=b", "a<<b", "Outcome"})
  void refusesANameThatIsNone(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> outputs().set(name, "x"));
  }

  @Test
  void writesNothingWhereTheRunnerNamesNoFile() {
    new StepOutputs(null, () -> "delimiter").set("outcome", "selected");
    new StepSummary(null).append("# Summary");

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void saysWhereAFileCannotBeWritten() {
    Path impossible = directory.resolve("missing").resolve("command");

    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> new StepOutputs(impossible, () -> "delimiter").set("outcome", "x"))
        .withMessage("could not write the step's outputs to '%s'", impossible);
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> new StepSummary(impossible).append("x"))
        .withMessage("could not write the step's summary to '%s'", impossible);
  }

  @Test
  void appendsToTheSummary() {
    StepSummary summary = new StepSummary(file);
    summary.append("# One\n");
    summary.append("Zwölf\n");

    assertThat(file).hasContent("# One\nZwölf\n");
  }

  @Test
  void keepsASummaryOfExactlyTheLimit() throws IOException {
    new StepSummary(file).append("x".repeat(LIMIT));

    assertThat(Files.size(file)).isEqualTo(LIMIT);
  }

  @Test
  void cutsALongerSummaryAtTheEndOfALineAndSaysSo() throws IOException {
    new StepSummary(file).append("🚀 line\n".repeat(200_000));

    byte[] written = Files.readAllBytes(file);
    assertThat(written.length).isLessThanOrEqualTo(LIMIT).isGreaterThan(LIMIT - 100);
    assertThat(new String(written, UTF_8))
        .endsWith("🚀 line\n\n\n_The summary was cut here: GitHub shows at most 1 MiB._\n")
        .doesNotContain("\uFFFD");
  }

  @Test
  void countsWhatIsThereAlready() throws IOException {
    StepSummary summary = new StepSummary(file);
    summary.append("a\n".repeat(LIMIT / 2 - 100));
    summary.append("b\n".repeat(LIMIT));
    summary.append("c\n".repeat(LIMIT));

    assertThat(Files.size(file)).isLessThanOrEqualTo(LIMIT);
  }
}

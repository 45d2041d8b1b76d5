package dev.optr.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.evidence.Check;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class OtherBranchesTest {
  private static final String COMMIT = "0123456789012345678901234567890123456789";

  @Test
  void saysWhatBecameOfEach() {
    assertThat(
            OtherBranches.line(
                new Check.Merges(
                    List.of(
                        new Check.Merge(4L, "a", COMMIT, false, true, true, List.of(), null),
                        new Check.Merge(5L, "b", COMMIT, false, true, false, List.of("x"), null),
                        new Check.Merge(6L, "c", COMMIT, false, false, false, List.of("x"), null),
                        new Check.Merge(7L, "d", COMMIT, true, null, null, List.of(), "a fork"),
                        new Check.Merge(8L, "e", COMMIT, false, null, null, List.of(), "gone")))))
        .isEqualTo(
            "#4 at 0123456, #5 at 0123456; conflicts before: #6 at 0123456; forks, not merged: #7"
                + " at 0123456; not compared: #8 at 0123456");
  }

  @Test
  void saysThatThereIsNone() {
    assertThat(OtherBranches.line(new Check.Merges(List.of())))
        .isEqualTo("no other open pull request");
  }

  @Test
  void staysShortAndShowsNoMarkupOfABranchName() {
    List<Check.Merge> many =
        LongStream.range(0, 200)
            .mapToObj(
                i ->
                    new Check.Merge(
                        null,
                        "x\u202e\n" + "y".repeat(200) + i,
                        COMMIT,
                        false,
                        true,
                        true,
                        List.of(),
                        null))
            .toList();
    String line = OtherBranches.line(new Check.Merges(many));
    assertThat(line).endsWith(" and 190 more").doesNotContain("\n", "\u202e");
    assertThat(line.length()).isLessThan(1000);
  }
}

package dev.optr.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class LineDiffTest {
  @Property
  void whatIsNeitherRemovedNorAddedIsTheSameOnBothSides(
      @ForAll @Size(max = 60) List<@IntRange(max = 6) Integer> before,
      @ForAll @Size(max = 60) List<@IntRange(max = 6) Integer> after) {
    int[] left = before.stream().mapToInt(Integer::intValue).toArray();
    int[] right = after.stream().mapToInt(Integer::intValue).toArray();
    assertThat(kept(left, right, LineDiff.of(left, right, 7))).isTrue();
  }

  @Property
  void equalFilesHaveNoDifference(@ForAll @Size(max = 60) List<@IntRange(max = 6) Integer> lines) {
    int[] same = lines.stream().mapToInt(Integer::intValue).toArray();
    LineDiff diff = LineDiff.of(same, same.clone(), 7);
    assertThat(IntStream.range(0, same.length)).noneMatch(diff::isRemoved).noneMatch(diff::isAdded);
  }

  @Test
  void findsTheSmallChangeInALongFile() {
    int[] before = IntStream.range(0, 100_000).toArray();
    int[] after = before.clone();
    after[50_000] = 100_000;
    LineDiff diff = LineDiff.of(before, after, 100_001);
    assertThat(IntStream.range(0, before.length).filter(diff::isRemoved)).containsExactly(50_000);
    assertThat(IntStream.range(0, after.length).filter(diff::isAdded)).containsExactly(50_000);
  }

  @Test
  void survivesHostileFiles() {
    int size = 500_000;
    int[] twoLines = IntStream.range(0, size).map(i -> ((i * 7919) >> 3) & 1).toArray();
    int[] otherTwo = IntStream.range(0, size).map(i -> ((i * 104_729) >> 5) & 1).toArray();
    assertThat(kept(twoLines, otherTwo, LineDiff.of(twoLines, otherTwo, 2))).isTrue();
    int[] alternating = IntStream.range(0, size).map(i -> i % 2 == 0 ? i : size).toArray();
    int[] other = IntStream.range(0, size).map(i -> i % 2 == 0 ? i : size + 1).toArray();
    assertThat(kept(alternating, other, LineDiff.of(alternating, other, size + 2))).isTrue();
    int[] reversed = IntStream.range(0, size).map(i -> size - 1 - i).toArray();
    int[] straight = IntStream.range(0, size).toArray();
    assertThat(kept(straight, reversed, LineDiff.of(straight, reversed, size))).isTrue();
  }

  private static boolean kept(int[] before, int[] after, LineDiff diff) {
    int[] left =
        IntStream.range(0, before.length)
            .filter(line -> !diff.isRemoved(line))
            .map(line -> before[line])
            .toArray();
    int[] right =
        IntStream.range(0, after.length)
            .filter(line -> !diff.isAdded(line))
            .map(line -> after[line])
            .toArray();
    return Arrays.equals(left, right);
  }
}

package dev.optr.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class SurfaceTest {
  @Test
  void keepsATextThatFits() {
    assertThat(Surface.COMMENT.cut("abc", 3, "[cut]")).isEqualTo("abc");
  }

  @Test
  void cutsAtTheEndOfALine() {
    assertThat(Surface.COMMENT.cut("first line\nsecond line", 20, "[cut]"))
        .isEqualTo("first line\n[cut]");
  }

  @Test
  void countsBytesInTheSummary() {
    assertThat(Surface.SUMMARY.cut("éééééééééé", 12, "[cut]")).isEqualTo("ééé\n[cut]");
  }

  @Property
  void neverExceedsItsRoom(@ForAll String text, @ForAll @IntRange(min = 6, max = 100) int room) {
    assertThat(Surface.COMMENT.cut(text, room, "[cut]").length()).isLessThanOrEqualTo(room);
    assertThat(Surface.SUMMARY.cut(text, room, "[cut]").getBytes(UTF_8).length)
        .isLessThanOrEqualTo(room);
  }
}

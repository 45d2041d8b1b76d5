package dev.optr.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OutputReadersTest {
  @Test
  void keepsTheHeadByteForByteUpToItsLimit() {
    OutputHead head = new OutputHead(10);
    head.drain(stream("0123456789"));
    assertThat(head.bytes().utf8()).isEqualTo("0123456789");
    assertThat(head.wasCut()).isFalse();
    head.drain(stream("x"));
    assertThat(head.bytes().utf8()).isEqualTo("0123456789");
    assertThat(head.wasCut()).isTrue();
  }

  @Test
  void readsOnWhereNothingMoreIsKept() {
    ByteArrayInputStream stream = stream("x".repeat(1_000_000));
    new OutputHead(1).drain(stream);
    assertThat(stream.available()).isZero();
  }

  @Test
  void handsOnLinesWithoutTheirEndsAndLeavesEmptyOnesOut() {
    assertThat(lines("one\n\ntwo\r\nlast", 100)).containsExactly("one", "two\r", "last");
    assertThat(lines("", 100)).isEmpty();
  }

  @Test
  void leavesOutALineOverTheLimitAndNoOther() {
    assertThat(lines("12345\n123456\n1234", 5)).containsExactly("12345", "1234");
    String huge = "x".repeat(300_000);
    assertThat(lines("a\n" + huge + "\nb\n" + huge, 200_000)).containsExactly("a", "b");
    assertThat(lines("a\n" + huge + "\nb", 300_000)).containsExactly("a", huge, "b");
  }

  private static List<String> lines(String text, int longest) {
    List<String> found = new ArrayList<>();
    new OutputLines(longest, found::add).drain(stream(text));
    return found;
  }

  private static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}

package dev.optr.base;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RedactorTest {
  private static final String KEY = "sk-proj-AbC/123+xyz=";
  private static final String LONG = "sk-proj-9AQ4xW27bTcL0mZpV8rYkE5nJ3sHdU6f";
  private static final Redactor LONG_KEY = new Redactor(List.of(Secret.of(LONG)));

  private final Redactor redactor = new Redactor(List.of(Secret.of(KEY)));

  @Test
  void starsEveryFormOfACredential() {
    byte[] bytes = KEY.getBytes(UTF_8);
    for (String form :
        List.of(
            KEY,
            Base64.getEncoder().encodeToString(bytes),
            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
            HexFormat.of().formatHex(bytes),
            HexFormat.of().withUpperCase().formatHex(bytes),
            "sk-proj-AbC%2F123%2Bxyz%3D",
            new StringBuilder(KEY).reverse().toString())) {
      assertThat(redactor.finds("before " + form + " after")).as(form).isTrue();
      assertThat(redactor.redact("before " + form + " after")).as(form).startsWith("before ***");
      assertThat(redactor.redact(form)).doesNotContain(form);
    }
  }

  @Test
  void leavesOtherTextAsItIs() {
    assertThat(redactor.redact("nothing to see")).isEqualTo("nothing to see");
    assertThat(redactor.finds("nothing to see")).isFalse();
  }

  @Test
  void ignoresCredentialsTooShortToTellFromWords() {
    assertThat(new Redactor(List.of(Secret.of("a"))).redact("a cat")).isEqualTo("a cat");
  }

  @Test
  void starsEachLineOfACredentialOfSeveralLines() {
    Redactor key =
        new Redactor(
            List.of(Secret.of("-----BEGIN KEY-----\nAAAABBBB\nCCCCDDDD\n-----END KEY-----")));
    assertThat(key.redact("x AAAABBBB y CCCCDDDD")).isEqualTo("x *** y ***");
  }

  @Test
  void findsACredentialWhoseBeginningWasCutOffInEveryForm() {
    String cut = LONG.substring(7);
    byte[] bytes = cut.getBytes(UTF_8);
    for (String form :
        List.of(
            cut,
            Base64.getEncoder().encodeToString(bytes),
            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
            HexFormat.of().formatHex(bytes),
            HexFormat.of().withUpperCase().formatHex(bytes),
            new StringBuilder(cut).reverse().toString())) {
      assertThat(LONG_KEY.finds("before " + form + " after")).as(form).isTrue();
      assertThat(LONG_KEY.redact("before " + form + " after"))
          .as(form)
          .startsWith("before ***")
          .endsWith(" after")
          .hasSizeLessThan(22);
    }
  }

  @Test
  void findsACredentialInBase64WithOtherTextAroundIt() {
    for (String before : List.of("", "k", "ke", "key=", "key: ", "{\"key\":\"")) {
      for (String after : List.of("", "\n", "\"}", "abc")) {
        String encoded =
            Base64.getEncoder().encodeToString((before + LONG + after).getBytes(UTF_8));
        assertThat(LONG_KEY.finds(encoded)).as(before + "|" + after).isTrue();
        assertThat(LONG_KEY.redact(encoded)).as(before + "|" + after).contains("***");
      }
    }
  }

  @Test
  void takesNoHalfOfAShortPasswordForTheWhole() {
    Redactor key = new Redactor(List.of(Secret.of("correct-horse")));
    assertThat(key.finds("a horse")).isFalse();
    assertThat(key.finds("rrect-horse")).isFalse();
  }

  @Test
  void doesNotTakeTheBeginningThatAllKeysOfAVendorShareForOurs() {
    assertThat(LONG_KEY.finds("sk-proj-9AQ4x")).isFalse();
  }
}

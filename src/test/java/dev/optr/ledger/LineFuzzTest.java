package dev.optr.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The fuzz target over its seeds and what is near to them; {@code fuzz/line} goes on from there.
 */
final class LineFuzzTest {
  @TempDir Path directory = Path.of("");

  @Test
  void everySeedKeepsTheLaws() {
    assertThat(LineSeeds.all()).hasSizeGreaterThan(30).allSatisfy(LineFuzzTest::keepsTheLaws);
  }

  @Test
  void whatIsNearToASeedKeepsThemToo() {
    Random random = new Random(20260101);
    for (byte[] seed : LineSeeds.all()) {
      for (int i = 0; i < 60; i++) {
        byte[] near = seed.clone();
        for (int changes = 0; changes <= random.nextInt(3); changes++) {
          near[random.nextInt(near.length)] = (byte) random.nextInt(256);
        }
        keepsTheLaws(near);
      }
    }
  }

  @Test
  void theSeedsReachBodiesAndSignatures() {
    List<Class<?>> kinds = new ArrayList<>();
    for (byte[] seed : LineSeeds.lines()) {
      if (new LineReader().read("", 1, seed) instanceof LineReader.Line.Intact(Entry entry)) {
        kinds.add(entry.body().getClass());
      }
    }
    assertThat(kinds)
        .contains(
            Body.Genesis.class,
            Body.Run.class,
            Body.Execution.class,
            Body.Outcome.class,
            Body.Key.class);
  }

  @Test
  void writesTheSeedsForTheFuzzer() throws IOException {
    LineSeeds.main(directory.toString());

    try (var files = Files.list(directory)) {
      assertThat(files.count()).isEqualTo(LineSeeds.all().size());
    }
  }

  private static void keepsTheLaws(byte[] input) {
    assertThatCode(() -> LineFuzz.fuzzerTestOneInput(input))
        .as(() -> new String(input, UTF_8))
        .doesNotThrowAnyException();
  }
}

package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.ServiceException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a container is cut and however many workers read it, the outcome is the same. */
final class StretchTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 100, 1399, 1400, 4096, 70_000, 1 << 20})
  void findsTheSameHoweverTheFileIsCut(int stretch) {
    for (List<Container> ledger : ledgers()) {
      Verification whole = verify(ledger, 1, 1 << 24);
      Verification cut = verify(ledger, 2, stretch);

      assertThat(cut.findings()).isEqualTo(whole.findings());
      assertThat(cut.warnings()).isEqualTo(whole.warnings());
      assertThat(cut.heads()).isEqualTo(whole.heads());
      assertThat(cut.size()).isEqualTo(whole.size());
      assertThat(cut.entries()).containsExactlyElementsOf(whole.entries());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
  void cutsBeforeAtAndBehindEveryLineEnd(int shift) {
    byte[] bytes = Golden.file("ledger-full.jsonl").toArray();
    List<Container> ledger = Golden.ledger("ledger-full.jsonl");
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        Verification cut = verify(ledger, 1, Math.max(1, i - 5 + shift));
        assertThat(cut.findings()).isEmpty();
        assertThat(cut.size()).isEqualTo(8);
      }
    }
  }

  @Test
  void findsTheSameInTheSameOrderWithManyWorkers() {
    List<Container> ledger = damaged();
    Verification expected = verify(ledger, 1, 1 << 20);
    assertThat(expected.findings()).hasSizeGreaterThan(10);
    for (int i = 0; i < 30; i++) {
      Verification again = verify(ledger, 8, 500 + i);
      assertThat(again.findings()).isEqualTo(expected.findings());
      assertThat(again.warnings()).isEqualTo(expected.warnings());
    }
  }

  @Test
  void readsFilesAndMemoryAlike() throws IOException {
    for (List<Container> ledger : ledgers()) {
      List<Container> onDisk = ledger.stream().map(this::onDisk).toList();

      assertThat(verify(onDisk, 2, 1000).findings()).isEqualTo(verify(ledger, 2, 1000).findings());
      assertThat(LedgerVerifier.idsOf(onDisk)).isEqualTo(LedgerVerifier.idsOf(ledger));
      assertThat(LedgerVerifier.genesisOf(onDisk)).isEqualTo(LedgerVerifier.genesisOf(ledger));
    }
  }

  @Test
  void countsLinesThatAreTooLongAndReadsOn() {
    String ledger = Golden.file("ledger-full.jsonl").utf8();
    for (int length : List.of(65_537, 70_000, 1_000_000, 5_000_000)) {
      Container container =
          new Container(Container.MAIN, Bytes.utf8("x".repeat(length) + "\n" + ledger + "{}\n"));
      for (int stretch : List.of(10_000, 65_536, 65_537, 1 << 20)) {
        assertThat(verify(List.of(container), 2, stretch).findings())
            .extracting(Finding::code, Finding::line, Finding::message)
            .satisfiesExactly(
                first ->
                    assertThat(first.toList())
                        .containsExactly(Code.E_SYNTAX, 1, "the line has " + length + " bytes"),
                second -> assertThat(second.toList()).startsWith(Code.E_PROFILE, 10));
      }
    }
  }

  @Test
  void reportsAFileThatIsOneLongLineWithoutEnd() {
    Container container = new Container(Container.MAIN, Bytes.utf8("x".repeat(3_000_000)));

    assertThat(verify(List.of(container), 2, 100_000).findings())
        .extracting(Finding::code, Finding::line, Finding::message)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                Code.E_SYNTAX, 1, "the last line does not end with LF"));
  }

  @Test
  void cutsFloodsOfSyntaxErrorsOverManyStretches() {
    String flood = "\n".repeat(200_000);
    Container container =
        new Container(
            Container.MAIN, Bytes.utf8(flood + Golden.file("ledger-full.jsonl").utf8() + flood));
    Verification verification = verify(List.of(container), 2, 5000);

    assertThat(verification.findings()).hasSize(1000);
    assertThat(verification.findings()).extracting(Finding::code).containsOnly(Code.E_SYNTAX);
    assertThat(verification.findings().getLast().line()).isEqualTo(1000);
    assertThat(verification.size()).isEqualTo(8);
    assertThat(verification.entries()).extracting(Entry::lineNumber).startsWith(200_001);
  }

  @Test
  void readsContainersOfMoreThanTwoGibibytes() throws IOException {
    Path file = folder.resolve("large.jsonl");
    byte[] ledger = Golden.file("ledger-full.jsonl").toArray();
    long hole = (1L << 31) + 12_345;
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.seek(hole);
      large.write('\n');
      large.write(ledger);
    }
    Container container = new Container(Container.MAIN, Content.OnDisk.of(file));
    Verification verification = new LedgerVerifier().verify(List.of(container), Golden.pinned());

    assertThat(verification.findings())
        .extracting(Finding::code, Finding::message)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Code.E_SYNTAX, "the line has " + hole + " bytes"));
    assertThat(verification.size()).isEqualTo(8);
    assertThat(verification.entries()).hasSize(8);
    assertThatThrownBy(container::bytes).isInstanceOf(ServiceException.class);
  }

  @Test
  void refusesAFileThatChangesWhileItIsVerified() throws IOException {
    Path file = folder.resolve("ledger.jsonl");
    Files.write(file, Golden.file("ledger-full.jsonl").toArray());
    Container container = new Container(Container.MAIN, Content.OnDisk.of(file));
    Verification verification = new LedgerVerifier().verify(List.of(container), Golden.pinned());
    Files.writeString(
        file, Files.readString(file).replace("octo-user", "octo-evil"), StandardOpenOption.WRITE);

    assertThatThrownBy(() -> verification.entries().stream().toList())
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("changed while it was verified");
    Files.writeString(file, "");
    assertThatThrownBy(() -> new LedgerVerifier().verify(List.of(container), Golden.pinned()))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("became shorter");
  }

  @Test
  void hasNothingToSayAboutEmptyFiles() {
    List<Container> empty =
        List.of(
            new Container(Container.MAIN, Bytes.utf8("")),
            new Container(Container.shard(1), Bytes.utf8("")));

    assertThat(verify(empty, 2, 10).findings()).isEmpty();
    assertThat(verify(empty, 2, 10).result()).isEqualTo(Verification.Result.UNDECIDED);
  }

  private Container onDisk(Container container) {
    try {
      Path file = Files.createTempFile(folder, "ledger", ".jsonl");
      Files.write(file, container.bytes().toArray());
      return new Container(container.path(), Content.OnDisk.of(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Verification verify(List<Container> ledger, int workers, int stretch) {
    return new LedgerVerifier(new Scanning(workers, stretch)).verify(ledger, Golden.pinned());
  }

  private static List<List<Container>> ledgers() {
    String full = Golden.file("ledger-full.jsonl").utf8();
    return List.of(
        Golden.ledger("ledger-full.jsonl"),
        Golden.ledger("alt-order.jsonl"),
        damaged(),
        shards(),
        List.of(new Container(Container.MAIN, Bytes.utf8(full.strip()))),
        List.of(new Container(Container.MAIN, Bytes.utf8(full + "x"))),
        List.of(new Container(Container.MAIN, Bytes.utf8("\n\n" + full + "\n\n"))));
  }

  /** Two shards that hold a part each, one line twice, and one line before its parent. */
  private static List<Container> shards() {
    Forge ledger = Forge.golden("ledger-full.jsonl");
    String lines1 = ledger.line(0) + "\n" + ledger.line(1) + "\n" + ledger.line(3) + "\n";
    String lines2 = ledger.line(5) + "\n" + ledger.line(4) + "\n" + ledger.line(3) + "\n";
    String lines3 = ledger.line(6) + "\n" + ledger.line(7) + "\n" + ledger.line(6) + "\n";
    return List.of(
        new Container(Container.shard(12), Bytes.utf8(lines3)),
        new Container(Container.MAIN, Bytes.utf8(lines1)),
        new Container(Container.shard(11), Bytes.utf8(lines2)));
  }

  private static List<Container> damaged() {
    Forge ledger = Forge.golden("ledger-full.jsonl");
    String good = ledger.line(5);
    ledger.edit(1, line -> line.replace("octo-user", "octo-evil"));
    ledger.resign(7, body -> body.with("height", Json.number(99)), Keys.EVIL);
    ledger.swap(5, 6);
    IntStream.range(0, 10).forEach(i -> ledger.add("<<<<<<< " + i).add(good).add("{\"id\":1}"));
    return ledger.containers();
  }
}

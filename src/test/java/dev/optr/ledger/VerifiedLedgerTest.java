package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerifiedLedgerTest {
  private static final int RUNS = 20;

  private final LedgerAppender appender =
      new LedgerAppender(
          new LedgerVerifier(), Layout.PER_PR, Optional.of(Keys.CI_1), Optional.empty());

  @TempDir private Path directory;
  private Container onDisk = new Container(Container.MAIN, Bytes.utf8(""));
  private Path main = Path.of("");

  @BeforeEach
  void writeALedger() throws IOException {
    LedgerAppender single =
        new LedgerAppender(
            new LedgerVerifier(), Layout.SINGLE, Optional.of(Keys.CI_1), Optional.empty());
    List<Container> containers = List.of();
    for (int run = 1; run <= RUNS; run++) {
      containers =
          List.of(
              LedgerAppenderTest.receipt(
                      single.append(
                          containers, List.of(), Samples.pullRequest(run, run), Samples.NOON))
                  .container());
    }
    main = directory.resolve("ledger.jsonl");
    Files.write(main, containers.getFirst().bytes().toArray());
    onDisk = new Container(Container.MAIN, Content.OnDisk.of(main));
  }

  @Test
  void readsNothingButTheHeadsForAnotherEntry() throws IOException {
    VerifiedLedger opened = open();
    int head = Files.readString(main).strip().lastIndexOf('\n') + 1;
    overwrite(0, head);

    Receipt receipt =
        LedgerAppenderTest.receipt(
            appender.append(opened, Samples.pullRequest(77, 77), Samples.NOON));

    assertThat(receipt.size()).isEqualTo(RUNS + 2);
    assertThat(receipt.heads()).containsExactly(receipt.entryId());
  }

  @Test
  void appendsWhatVerificationFindsIntact() {
    Receipt receipt =
        LedgerAppenderTest.receipt(
            appender.append(open(), Samples.pullRequest(77, 77), Samples.NOON));

    Verification verification =
        new LedgerVerifier()
            .verify(
                List.of(onDisk, receipt.container()),
                VerifyOptions.standard().withPinnedGenesis(receipt.genesisId()));
    assertThat(verification.findings()).isEmpty();
    assertThat(verification.size()).isEqualTo(receipt.size());
    assertThat(verification.heads()).isEqualTo(receipt.heads());
  }

  @Test
  void findsOutThatARunAlreadySaidSomethingElse() {
    AppendResult result =
        appender.append(open(), Samples.pullRequest(3, 3), Samples.NOON.plusSeconds(60));

    assertThat(result).isInstanceOf(AppendResult.Refused.class);
    AppendResult.Refused refused = (AppendResult.Refused) result;
    assertThat(refused.verification().findings())
        .extracting(Finding::code)
        .containsExactly(Code.E_EQUIVOCATION);
  }

  @Test
  void findsTheLinesThatMentionAText() {
    Verification verification = open().verification();

    assertThat(verification.entries().mentioning("\"number\":13}").map(Entry::body))
        .singleElement()
        .satisfies(
            body -> assertThat(body.pullRequest()).isEqualTo(Samples.pullRequest(13, 13).pr()));
    assertThat(verification.entries().mentioning("\"number\":99}")).isEmpty();
    assertThat(verification.entries().mentioning("\"decision\":")).hasSize(RUNS);
  }

  private VerifiedLedger open() {
    return appender.open(
        List.of(onDisk),
        List.of(),
        Samples.GITHUB,
        Samples.CREATED,
        Samples.pullRequest(77, 77).pr());
  }

  private void overwrite(int from, int to) throws IOException {
    try (FileChannel channel = FileChannel.open(main, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(Bytes.utf8("x".repeat(to - from)).toArray()), from);
    }
  }
}

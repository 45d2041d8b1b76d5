package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every line of every golden ledger dropped, doubled, swapped, and what nobody can see. */
final class EveryLineTest {
  private final LedgerVerifier verifier = new LedgerVerifier();

  @ParameterizedTest
  @ValueSource(strings = {"ledger.jsonl", "ledger-full.jsonl", "alt-order.jsonl", "unsigned.jsonl"})
  void everyDroppedLineIsFoundButAHead(String file) {
    int size = size(file);
    List<String> heads = verify(Forge.golden(file), options(file)).heads();
    for (int i = 0; i < size; i++) {
      Forge dropped = Forge.golden(file);
      String id = dropped.id(i);
      dropped.remove(i);
      Verification verification = verify(dropped, options(file));
      if (heads.contains(id)) {
        assertThat(verification.result()).isEqualTo(Verification.Result.OK);
        assertThat(verification.warnings())
            .extracting(Finding::code)
            .contains(Code.W_NO_OUTSIDE_MEMORY);
      } else {
        assertThat(codes(verification))
            .as("line %d", i)
            .containsAnyOf(Code.E_PARENT_MISSING, Code.E_GENESIS);
      }
      assertThat(codes(verify(dropped, options(file).expecting(id, 0)))).contains(Code.E_ROLLBACK);
      assertThat(codes(verify(dropped, options(file).expecting(null, size))))
          .contains(Code.E_ROLLBACK);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ledger.jsonl", "ledger-full.jsonl", "alt-order.jsonl", "unsigned.jsonl"})
  void everyDoubledLineIsFound(String file) {
    for (int i = 0; i < size(file); i++) {
      for (int at = 0; at <= size(file); at++) {
        Forge doubled = Forge.golden(file);
        doubled.insert(at, doubled.line(i));
        assertThat(codes(verify(doubled, options(file))))
            .as("line %d again at %d", i, at)
            .contains(Code.E_DUP);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ledger.jsonl", "ledger-full.jsonl", "alt-order.jsonl", "unsigned.jsonl"})
  void everySwapWithTheNextLineIsFoundWhereOneIsTheOthersParent(String file) {
    Verification sound = verify(Forge.golden(file), options(file));
    int independent = 0;
    for (int i = 0; i + 1 < size(file); i++) {
      Forge swapped = Forge.golden(file);
      boolean parent = swapped.body(i + 1).array("parents").contains(Json.text(swapped.id(i)));
      swapped.swap(i, i + 1);
      Verification verification = verify(swapped, options(file));
      assertThat(codes(verification))
          .as("lines %d and %d", i, i + 1)
          .isEqualTo(parent ? List.of(Code.E_ORDER) : List.of());
      if (!parent) {
        // The same set: nothing is said here, the root of a Merkle tree and history differ.
        assertThat(verification.heads()).isEqualTo(sound.heads());
        independent++;
      }
    }
    assertThat(independent).isEqualTo(file.equals("unsigned.jsonl") ? 0 : 1);
  }

  @Test
  void nobodyButWhoRememberedSeesAnUnsignedLedgerWrittenAnew() {
    Forge golden = Forge.golden("unsigned.jsonl");
    Forge anew = rewritten(golden);
    Verification verification = verify(anew, VerifyOptions.standard());

    assertThat(verification.result()).isEqualTo(Verification.Result.OK);
    assertThat(verification.trust()).isEqualTo(Trust.NONE);
    assertThat(verification.warnings())
        .extracting(Finding::code)
        .containsExactlyInAnyOrder(Code.W_UNSIGNED, Code.W_NO_OUTSIDE_MEMORY);
    assertThat(codes(verify(anew, VerifyOptions.standard().expecting(golden.id(2), 0))))
        .containsExactly(Code.E_ROLLBACK);
    // As many entries as before: a number alone remembers nothing of what they say.
    assertThat(codes(verify(anew, VerifyOptions.standard().expecting(null, 3)))).isEmpty();
  }

  @Test
  void aSignedLedgerCannotBeWrittenAnewWithoutItsKeys() {
    Forge anew = rewritten(Forge.golden("ledger.jsonl"));

    assertThat(codes(verify(anew, Golden.pinned()))).contains(Code.E_SIG);
    assertThat(codes(verify(anew, VerifyOptions.standard().allowingTofu()))).contains(Code.E_SIG);
  }

  /** The first run said by somebody else, and all ids and parents behind it computed anew. */
  private static Forge rewritten(Forge golden) {
    Forge anew = Forge.empty().add(golden.line(0));
    List<String> olds = new ArrayList<>();
    List<String> news = new ArrayList<>();
    for (int i = 1; i < golden.size(); i++) {
      String line = golden.line(i);
      if (i == 1) {
        line = line.replaceFirst("\"actor\":\"[a-z-]+\"", "\"actor\":\"octo-evil\"");
      }
      for (int known = 0; known < olds.size(); known++) {
        line = line.replace(olds.get(known), news.get(known));
      }
      olds.add(golden.id(i));
      anew.add(line).rehash(i, body -> body);
      news.add(anew.id(i));
    }
    return anew;
  }

  private static int size(String file) {
    return Forge.golden(file).size();
  }

  private static VerifyOptions options(String file) {
    return file.equals("unsigned.jsonl") ? VerifyOptions.standard() : Golden.pinned();
  }

  private Verification verify(Forge ledger, VerifyOptions options) {
    return verifier.verify(ledger.containers(), options);
  }

  private static List<Code> codes(Verification verification) {
    return verification.findings().stream().map(Finding::code).toList();
  }
}

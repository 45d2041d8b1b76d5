package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.Bytes;
import dev.optr.base.UserException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Key entries: prepared, signed by root keys in turn, appended. */
final class KeyAppenderTest {
  private static final List<SshPublicKey> ROOTS =
      List.of(Keys.ROOT_1.publicKey(), Keys.ROOT_2.publicKey(), Keys.EVIL.publicKey());

  private final LedgerVerifier verifier = new LedgerVerifier();

  /** A ledger of three root keys of which two must sign, with one run key. */
  private final UnfinishedEntry genesis =
      UnfinishedEntry.genesis(
          Samples.GITHUB, Samples.CREATED, ROOTS, 2, List.of(Keys.CI_1.publicKey()));

  private final List<Container> ledger =
      List.of(
          new Container(
              Container.MAIN, genesis.signedBy(Keys.ROOT_1).signedBy(Keys.ROOT_2).file()));

  @Test
  void startsALedgerThatTwoOfThreeSigned() {
    assertThat(genesis.missing()).isEqualTo(2);
    UnfinishedEntry once = genesis.signedBy(Keys.ROOT_2);
    assertThat(once.isFinished()).isFalse();
    UnfinishedEntry twice =
        UnfinishedEntry.parse(once.file(), Optional.empty()).signedBy(Keys.ROOT_1);

    assertThat(twice.isFinished()).isTrue();
    assertThat(twice.file()).as("whoever signs first").isEqualTo(ledger.getFirst().bytes());
    Verification verified =
        verifier.verify(ledger, VerifyOptions.standard().withPinnedGenesis(twice.entry().id()));
    assertThat(verified.result()).isEqualTo(Verification.Result.OK);
  }

  @Test
  void countsNoUnfinishedGenesis() {
    Verification verified =
        verifier.verify(
            List.of(new Container(Container.MAIN, genesis.signedBy(Keys.ROOT_1).file())),
            VerifyOptions.standard().allowingTofu());

    assertThat(verified.findings())
        .extracting(Finding::code)
        .containsExactly(Code.E_NO_TRUSTED_SIG);
  }

  @Test
  void letsTheNewKeySignAndTheRevokedOneNot() {
    Receipt before = run(ledger, Keys.CI_1, 1);
    KeyAppender keys = keys(List.of(before.container()));
    UnfinishedEntry change =
        keys.prepare(
            List.of(Keys.CI_2.publicKey()),
            List.of(revoke(Keys.CI_1.publicKey())),
            Samples.NOON.plusSeconds(60));
    Receipt changed = receipt(keys.append(signed(change)));

    List<Container> after = List.of(changed.container());
    assertThat(run(after, Keys.CI_2, 2).size()).isEqualTo(4);
    assertThatThrownBy(() -> run(after, Keys.CI_1, 3))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("revoked");
    LedgerKeys known = LedgerKeys.of(verifier.verify(after, standard()));
    assertThat(known.usable()).containsExactly(Keys.CI_2.publicKey().fingerprint());
    assertThat(known.keys())
        .extracting(LedgerKeys.Known::role, LedgerKeys.Known::isRevoked)
        .hasSize(5)
        .contains(
            org.assertj.core.groups.Tuple.tuple(LedgerKeys.Role.RUN, true),
            org.assertj.core.groups.Tuple.tuple(LedgerKeys.Role.RUN, false));
  }

  @Test
  void refusesSignaturesThatAreNoneOfARootKeyOrThatAreThere() {
    UnfinishedEntry change = prepared();

    assertThatThrownBy(() -> change.signedBy(Keys.CI_1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no root key");
    UnfinishedEntry once = change.signedBy(Keys.ROOT_1);
    assertThatThrownBy(() -> once.signedBy(Keys.ROOT_1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("signed already");
    assertThatThrownBy(() -> keys(ledger).append(once))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("1 signatures of root keys are missing");
  }

  @Test
  void refusesAnUnfinishedEntryThatWasChangedOnItsWay() {
    UnfinishedEntry once = prepared().signedBy(Keys.ROOT_1);
    String file = once.file().utf8();
    KeyAppender keys = keys(ledger);

    assertRefused(keys, file.replace(Keys.CI_2.publicKey().line(), Keys.EVIL.publicKey().line()));
    assertRefused(keys, file.substring(0, file.length() / 2));
    assertRefused(keys, file + file);
    assertRefused(keys, "");
    assertRefused(keys, file.replaceFirst("\"sig\":\"....", "\"sig\":\"AAAA"));
    assertRefused(keys, file.replace(Keys.ROOT_1.publicKey().fingerprint(), "SHA256:other"));
    assertThat(keys.parse(Bytes.utf8(file)).missing()).isEqualTo(1);
    assertThat(keys.parse(Bytes.utf8(file.strip())).missing()).isEqualTo(1);
  }

  private static void assertRefused(KeyAppender keys, String file) {
    assertThatThrownBy(() -> keys.parse(Bytes.utf8(file))).isInstanceOf(UserException.class);
  }

  @Test
  void refusesAnEntryOfAnotherLedger() {
    UnfinishedEntry change = prepared().signedBy(Keys.ROOT_1);

    assertThatThrownBy(() -> keys(Golden.ledger("ledger-full.jsonl")).parse(change.file()))
        .isInstanceOf(UserException.class);
    assertThatThrownBy(() -> keys(List.of()).parse(change.file()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no signed ledger");
  }

  @Test
  void refusesChangesThatMakeNoSense() {
    KeyAppender keys = keys(ledger);
    SshPublicKey ci1 = Keys.CI_1.publicKey();
    SshPublicKey ci2 = Keys.CI_2.publicKey();

    assertSenseless(keys, List.of(), List.of(), "nothing to change");
    assertSenseless(keys, List.of(ci1), List.of(), "a run key already");
    assertSenseless(keys, List.of(ci2, ci2), List.of(), "given twice");
    assertSenseless(keys, List.of(), List.of(revoke(ci2)), "no such run key");
    assertSenseless(keys, List.of(), List.of(revoke(Keys.ROOT_1.publicKey())), "no such run key");
    assertSenseless(
        keys,
        List.of(),
        List.of(new KeyAppender.Revoke(ci1.fingerprint(), List.of("0".repeat(64)))),
        "no entry");
    assertSenseless(
        keys(Golden.ledger("ledger-full.jsonl")), List.of(ci1), List.of(), "stays revoked");
    assertSenseless(
        keys(Golden.ledger("unsigned.jsonl")), List.of(ci1), List.of(), "init --signing-key");
    assertSenseless(keys(List.of()), List.of(ci1), List.of(), "no ledger here");
  }

  private static void assertSenseless(
      KeyAppender keys, List<SshPublicKey> add, List<KeyAppender.Revoke> revoke, String message) {
    assertThatThrownBy(() -> keys.prepare(add, revoke, Samples.NOON))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesARevocationThatTheKeyHasOvertaken() {
    KeyAppender keys = keys(ledger);
    UnfinishedEntry change =
        signed(keys.prepare(List.of(), List.of(revoke(Keys.CI_1.publicKey())), Samples.NOON));
    List<Container> grown = List.of(run(ledger, Keys.CI_1, 1).container());

    AppendResult result = keys(grown).append(change);

    assertThat(((AppendResult.Refused) result).verification().findings())
        .extracting(Finding::code)
        .containsExactly(Code.E_KEY_REVOKED);
  }

  @Test
  void appendsAnEntryThatWasPreparedBeforeOthersCame() {
    UnfinishedEntry change = signed(prepared());
    List<Container> grown = List.of(run(ledger, Keys.CI_1, 1).container());
    Receipt changed = receipt(keys(grown).append(change));

    assertThat(changed.heads()).hasSize(2);
    assertThatThrownBy(() -> keys(List.of(changed.container())).append(change))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("already");
  }

  private UnfinishedEntry prepared() {
    return keys(ledger).prepare(List.of(Keys.CI_2.publicKey()), List.of(), Samples.NOON);
  }

  private static UnfinishedEntry signed(UnfinishedEntry entry) {
    return entry.signedBy(Keys.ROOT_2).signedBy(Keys.EVIL);
  }

  private static KeyAppender.Revoke revoke(SshPublicKey key) {
    return new KeyAppender.Revoke(key.fingerprint(), List.of());
  }

  private KeyAppender keys(List<Container> files) {
    return new KeyAppender(verifier, files, Optional.empty());
  }

  private static VerifyOptions standard() {
    return VerifyOptions.standard().allowingTofu();
  }

  private Receipt run(List<Container> files, Signer signer, long id) {
    LedgerAppender appender =
        new LedgerAppender(verifier, Layout.SINGLE, Optional.of(signer), Optional.empty());
    return receipt(appender.append(files, List.of(), Samples.pullRequest(7, id), Samples.NOON));
  }

  private static Receipt receipt(AppendResult result) {
    return LedgerAppenderTest.receipt(result);
  }
}

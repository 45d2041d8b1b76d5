package dev.optr.ledger;

import dev.optr.base.Bytes;
import dev.optr.base.UserException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Begins a ledger where there is none, or a signed one where an unsigned one is: the one step that
 * is allowed, and never back.
 */
public final class LedgerStart {
  private final List<Container> before;
  private final Optional<Entry> ended;

  private LedgerStart(List<Container> before, Optional<Entry> ended) {
    this.before = before;
    this.ended = ended;
  }

  /**
   * @param before the ledger files that are there
   * @param signed the new ledger shall be signed
   * @throws UserException where there is a ledger that cannot be followed by the new one
   */
  public static LedgerStart of(List<Container> before, boolean signed) {
    Verification there =
        new LedgerVerifier().verify(before, VerifyOptions.standard().allowingTofu());
    if (before.stream().allMatch(container -> container.bytes().size() == 0)) {
      return new LedgerStart(before, Optional.empty());
    }
    if (!there.findings().isEmpty() || there.genesis() == null) {
      throw new UserException(
          "there is a ledger here that is not intact; 'optr verify' says what, 'optr ledger restore' may help");
    }
    Entry genesis = there.entries().find(there.genesis()).orElseThrow();
    if (genesis.body() instanceof Body.Genesis root && root.isSigned()) {
      throw new UserException(
          "there is a signed ledger here, genesis '%s'; it goes on, and 'optr ledger append-key' changes its keys"
              .formatted(genesis.id()));
    }
    if (!signed) {
      throw new UserException(
          "there is a ledger here, genesis '%s', which is not signed; give --signing-key to start a signed one"
              .formatted(genesis.id()));
    }
    return new LedgerStart(before, Optional.of(genesis));
  }

  /** Whom the ledger that ends is about; empty where there was none. */
  public Optional<RepositoryId> repository() {
    return ended.map(genesis -> genesis.body().common().repo());
  }

  /** A ledger without signatures. */
  public Started unsigned(RepositoryId repo) {
    Body.Genesis body = GenesisWriter.body(repo, null, List.of(), 0, List.of());
    return started(new LineWriter(Optional.empty()).write(body, Container.MAIN, 1), false);
  }

  /**
   * A ledger whose genesis root keys have signed to the threshold.
   *
   * @throws UserException where they have not
   */
  public Started signed(UnfinishedEntry genesis) {
    if (!genesis.isFinished() || !(genesis.entry().body() instanceof Body.Genesis)) {
      throw new UserException(
          "%d signatures of root keys are missing".formatted(genesis.missing()));
    }
    return started(genesis.entry(), true);
  }

  private Started started(Entry genesis, boolean signed) {
    Bytes main = ContainerLines.joined(Bytes.of(new byte[0]), List.of(genesis));
    String old = ended.map(Entry::id).orElse("");
    List<Container> archived =
        before.stream()
            .filter(_ -> ended.isPresent())
            .map(file -> new Container(ArchivedLedger.path(file.path(), old), file.bytes()))
            .toList();
    Set<String> deleted =
        before.stream()
            .map(Container::path)
            .filter(path -> !path.equals(Container.MAIN))
            .collect(Collectors.toUnmodifiableSet());
    return new Started(genesis.id(), main, archived, deleted, signed);
  }

  /**
   * The files of a new ledger.
   *
   * @param genesis its id
   * @param main the main file, whole
   * @param archived the files of the ledger that ends, under their new names
   * @param deleted the old names of shards
   */
  public record Started(
      String genesis, Bytes main, List<Container> archived, Set<String> deleted, boolean isSigned) {
    public Started {
      archived = List.copyOf(archived);
      deleted = Set.copyOf(deleted);
    }
  }
}

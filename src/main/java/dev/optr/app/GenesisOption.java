package dev.optr.app;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --genesis}: the one thing that whoever checks a ledger has to know from elsewhere. */
final class GenesisOption {
  @Option(
      names = "--genesis",
      paramLabel = "ID",
      description = "the genesis id that you know; default: OPTR_GENESIS")
  private @Nullable String id;

  Optional<String> pinned(Host host) {
    return host.pinnedGenesis(id);
  }
}

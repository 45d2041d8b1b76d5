package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.git.FileChanges;
import dev.optr.ledger.Container;
import dev.optr.ledger.LedgerStart;
import dev.optr.ledger.Signer;
import dev.optr.record.Recorder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts a new ledger into a repository and says what to pin. */
final class StartedLedger {
  private final Host host;
  private final LedgerStore store;

  StartedLedger(Host host, LedgerStore store) {
    this.host = host;
    this.store = store;
  }

  void write(LedgerStart.Started started, Optional<Signer> signer) {
    Map<String, Bytes> written = new TreeMap<>();
    started.archived().forEach(file -> written.put(file.path(), file.bytes()));
    written.put(Container.MAIN, started.main());
    if (store.file(Recorder.ATTRIBUTES.path()).isEmpty()) {
      written.put(Recorder.ATTRIBUTES.path(), Recorder.ATTRIBUTES.bytes());
    }
    String where =
        store.write(
            new FileChanges(written, started.deleted()),
            "Start the ledger\n\ngenesis " + started.genesis() + "\n",
            signer);
    host.out().println("genesis  " + started.genesis());
    host.out().println("written  " + Container.MAIN + ", " + where);
    started.archived().forEach(file -> host.out().println("archived " + file.path()));
    host.out()
        .println(
            started.isSigned()
                ? "pin it: tell your auditors, set OPTR_GENESIS and the input 'genesis'"
                : "the ledger is not signed: a pin would not make it so");
    host.out().flush();
  }
}

package dev.optr.git;

import dev.optr.base.ServiceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Tries what a frozen commit, and trees proposed on top of it, would come to if other commits were
 * merged: three-way merges in memory, which write nothing to the repository, run no hook and no
 * merge driver, and leave {@code datalake} out. What git finds by a rename of a whole directory is
 * not looked for. Safe for several threads.
 */
public final class MergeTrials {
  private final GitRepository repository;
  private final Repository store;
  private final ObjectId frozen;
  private final int processors;
  private final Map<String, MergeBase.Search> bases = new ConcurrentHashMap<>();
  private final Map<String, MergeTrial> ofFrozen = new ConcurrentHashMap<>();

  MergeTrials(GitRepository repository, Repository store, String frozenCommit, int processors) {
    this.repository = repository;
    this.store = store;
    this.frozen = ObjectId.fromString(frozenCommit);
    this.processors = processors;
  }

  /**
   * The frozen commit itself with each of these commits.
   *
   * @throws InterruptedException when the caller's time is over
   */
  public Map<String, MergeTrial> frozen(Collection<String> others) throws InterruptedException {
    ObjectId tree = tree();
    return each(
        others,
        (other, tools) -> {
          MergeTrial known = ofFrozen.get(other);
          MergeTrial trial = known == null ? tools.trial(other, tree) : known;
          ofFrozen.put(other, trial);
          return trial;
        });
  }

  /**
   * A tree on top of the frozen commit with each of these commits.
   *
   * @param tree one that the store made or knows, without {@code datalake}
   * @throws InterruptedException when the caller's time is over
   */
  public Map<String, MergeTrial> candidate(String tree, Collection<String> others)
      throws InterruptedException {
    ObjectId id = ObjectId.fromString(tree);
    return each(others, (other, tools) -> tools.trial(other, id));
  }

  private ObjectId tree() {
    try (ObjectReader reader = repository.jgit().newObjectReader()) {
      return CommitReader.tree(reader, frozen.name());
    } catch (IOException e) {
      throw ServiceException.lasting("could not read commit " + frozen.name(), e);
    }
  }

  @FunctionalInterface
  private interface Work {
    MergeTrial on(String other, Tools tools) throws IOException;
  }

  private Map<String, MergeTrial> each(Collection<String> others, Work work)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    List<Callable<Map<String, MergeTrial>>> shares = new ArrayList<>();
    for (List<String> share : shares(List.copyOf(new LinkedHashSet<>(others)))) {
      shares.add(() -> share(share, work));
    }
    Map<String, MergeTrial> all = new HashMap<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, shares.size()))) {
      for (Future<Map<String, MergeTrial>> share : threads.invokeAll(shares)) {
        all.putAll(share.get());
      }
    } catch (ExecutionException e) {
      throw ServiceException.lasting("could not try merges with other commits", e);
    }
    return all;
  }

  private List<List<String>> shares(List<String> all) {
    int count = Math.min(processors, all.size());
    List<List<String>> shares = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      shares.add(all.subList(all.size() * i / count, all.size() * (i + 1) / count));
    }
    return shares;
  }

  private Map<String, MergeTrial> share(List<String> others, Work work) throws IOException {
    Map<String, MergeTrial> trials = new HashMap<>();
    try (Tools tools = new Tools()) {
      for (String other : others) {
        trials.put(other, work.on(other, tools));
      }
    }
    return trials;
  }

  /** What one thread needs. */
  private final class Tools implements AutoCloseable {
    private final ObjectReader reader = store.newObjectReader();
    private final RevWalk walk = new RevWalk(repository.jgit());
    private final boolean shallow = repository.isShallow();

    Tools() {
      walk.setRetainBody(false);
    }

    /** One commit that cannot be read is one that is not known, and hides no other. */
    MergeTrial trial(String other, ObjectId tree) throws IOException {
      try {
        MergeBase.Search known = bases.get(other);
        return switch (known == null ? base(other) : known) {
          case MergeBase.Found(ObjectId base, ObjectId theirs) ->
              new TreeMerge(reader, base, tree, theirs).attempt();
          case MergeBase.NotFound(MergeTrial why) -> why;
        };
      } catch (MissingObjectException e) {
        return new MergeTrial.Unknown("the object " + e.getObjectId().name() + " is not here");
      } catch (CorruptObjectException | IncorrectObjectTypeException e) {
        return new MergeTrial.Unknown("it cannot be read: " + e.getMessage());
      }
    }

    private MergeBase.Search base(String other) throws IOException {
      MergeBase.Search found =
          MergeBase.of(walk, store, shallow, frozen, ObjectId.fromString(other));
      bases.put(other, found);
      return found;
    }

    @Override
    public void close() {
      walk.close();
      reader.close();
    }
  }
}

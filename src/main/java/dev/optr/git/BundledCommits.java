package dev.optr.git;

import dev.optr.base.Bytes;
import dev.optr.base.ServiceException;
import dev.optr.git.CommitBundles.Result;
import dev.optr.git.CommitBundles.Tip;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.PackLock;
import org.eclipse.jgit.transport.PackParser;

/** Takes the commits of a git bundle into an object store. */
final class BundledCommits {
  private static final long LARGEST_OBJECT = 64L << 20;

  private final Repository store;
  private final String prerequisite;

  BundledCommits(Repository store, String prerequisite) {
    this.store = store;
    this.prerequisite = prerequisite;
  }

  Result read(Bytes bundle) {
    byte[] bytes = bundle.toArray();
    Optional<BundleHead> head = BundleHead.of(bytes);
    if (head.isEmpty()) {
      return new Result.Refused("it does not begin as a git bundle of this program does");
    }
    if (!head.get().prerequisite().equals(prerequisite)) {
      return new Result.Refused(
          "it is upon the commit " + head.get().prerequisite() + ", not upon " + prerequisite);
    }
    Optional<String> problem = unpack(bytes, head.get().size());
    return problem.isPresent() ? new Result.Refused(problem.get()) : tips(head.get().refs());
  }

  private Optional<String> unpack(byte[] bytes, int from) {
    try (ByteArrayInputStream pack = new ByteArrayInputStream(bytes, from, bytes.length - from);
        ObjectInserter inserter = store.newObjectInserter()) {
      PackParser parser = inserter.newPackParser(pack);
      parser.setAllowThin(false);
      // Old repositories have such modes, and a tree that a path leaves alone keeps them.
      parser.setObjectChecker(new ObjectChecker().setAllowLeadingZeroFileMode(true));
      parser.setMaxObjectSizeLimit(LARGEST_OBJECT);
      parser.setCheckEofAfterPackFooter(true);
      PackLock lock = parser.parse(NullProgressMonitor.INSTANCE);
      if (lock != null) {
        lock.unlock();
      }
      inserter.flush();
      return Optional.empty();
    } catch (TooLargeObjectInPackException e) {
      return Optional.of("it holds an object over " + LARGEST_OBJECT + " bytes");
    } catch (IOException e) {
      return Optional.of("its pack cannot be read: " + e.getMessage());
    }
  }

  private Result tips(Map<String, String> refs) {
    SortedMap<String, Tip> tips = new TreeMap<>();
    try (ObjectReader reader = store.newObjectReader();
        RevWalk walk = new RevWalk(reader)) {
      BundledObjects needed = new BundledObjects(reader, prerequisite);
      for (ObjectId object : needed.of(List.copyOf(refs.values()))) {
        if (!reader.has(object)) {
          return new Result.Refused("it lacks the object " + object.name());
        }
      }
      for (Map.Entry<String, String> ref : refs.entrySet()) {
        RevCommit commit = walk.parseCommit(ObjectId.fromString(ref.getValue()));
        if (commit.getParentCount() != 1 || !commit.getParent(0).name().equals(prerequisite)) {
          return new Result.Refused(
              "the parent of " + ref.getKey() + " is not the commit " + prerequisite);
        }
        tips.put(ref.getKey(), new Tip(commit.name(), commit.getTree().name()));
      }
      return new Result.Read(tips);
    } catch (MissingObjectException | IncorrectObjectTypeException | CorruptObjectException e) {
      return new Result.Refused("an object is missing, or is no such object: " + e.getMessage());
    } catch (IOException e) {
      throw ServiceException.lasting("could not read the commits of a git bundle", e);
    }
  }
}

package dev.optr.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * A second, bare view of a repository: the same objects, a copy of its refs (so that a fetch asks
 * only for what is missing), and none of its config.
 */
final class ObjectsWithoutConfig {
  private ObjectsWithoutConfig() {}

  /**
   * @param directory an empty directory for the view's own files
   */
  static Repository open(Repository repository, Path directory) throws IOException {
    File objects = new File(repository.getCommonDirectory(), Constants.OBJECTS);
    return view(repository, directory).setObjectDirectory(objects).build();
  }

  /**
   * The same, where what is written goes to other objects.
   *
   * @param store takes new objects, and reads those of the repository besides
   */
  static Repository open(Repository repository, Repository store, Path directory)
      throws IOException {
    File objects = new File(repository.getCommonDirectory(), Constants.OBJECTS);
    return view(repository, directory)
        .setObjectDirectory(new File(store.getCommonDirectory(), Constants.OBJECTS))
        .addAlternateObjectDirectory(objects)
        .build();
  }

  private static FileRepositoryBuilder view(Repository repository, Path directory)
      throws IOException {
    Files.createDirectories(directory.resolve("refs"));
    Files.writeString(directory.resolve(Constants.HEAD), "ref: refs/heads/main\n");
    Files.writeString(
        directory.resolve(Constants.CONFIG),
        "[core]\n\trepositoryformatversion = 0\n\tbare = true\n");
    Files.write(directory.resolve(Constants.PACKED_REFS), refs(repository).getBytes(UTF_8));
    Path shallow = repository.getCommonDirectory().toPath().resolve(Constants.SHALLOW);
    if (Files.exists(shallow)) {
      Files.copy(shallow, directory.resolve(Constants.SHALLOW));
    }
    return new FileRepositoryBuilder().setBare().setGitDir(directory.toFile());
  }

  private static String refs(Repository repository) throws IOException {
    StringBuilder packed = new StringBuilder();
    for (Ref ref : repository.getRefDatabase().getRefsByPrefix(Constants.R_REFS)) {
      ObjectId id = ref.getObjectId();
      if (id != null && !ref.isSymbolic()) {
        packed.append(id.name()).append(' ').append(ref.getName()).append('\n');
      }
    }
    return packed.toString();
  }
}

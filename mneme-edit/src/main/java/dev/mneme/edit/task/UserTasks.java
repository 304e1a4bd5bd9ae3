package dev.mneme.edit.task;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Pattern;

/** Tasks that users wrote: classes by name, or services of a class path of their own. */
public final class UserTasks {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  private UserTasks() {}

  /**
   * Makes tasks that are not built in. Their classes are public, implement {@link EditTask} and
   * have a public constructor without parameters; or the class path names them for {@link
   * ServiceLoader} in {@code META-INF/services/dev.mneme.edit.task.EditTask}. The class path stays
   * open as long as its tasks live.
   *
   * @param classpath jars and folders of classes beside Mneme's own
   * @param classes names of classes; where there are none, all services of the class path
   * @return the tasks, each with sentences that can be read
   * @throws UserTaskException if a class or the sentences of a task are not there or not as they
   *     must be
   */
  public static List<EditTask> load(List<Path> classpath, List<String> classes) {
    ClassLoader loader = loader(classpath);
    List<EditTask> tasks = new ArrayList<>();
    if (!classes.isEmpty()) {
      classes.forEach(name -> tasks.add(make(loader, name)));
    } else if (!classpath.isEmpty()) {
      tasks.addAll(services(loader, classpath));
    }
    Set<String> names = new HashSet<>();
    EditTasks.all().forEach(task -> names.add(task.name()));
    for (EditTask task : tasks) {
      check(task, names);
    }
    return List.copyOf(tasks);
  }

  private static ClassLoader loader(List<Path> classpath) {
    List<URL> urls = new ArrayList<>();
    for (Path entry : classpath) {
      if (!Files.exists(entry)) {
        throw new UserTaskException(
            "Expected a jar or a folder of classes, found nothing at %s. Correct the class path"
                .formatted(entry),
            null);
      }
      try {
        urls.add(entry.toUri().toURL());
      } catch (MalformedURLException e) {
        throw new UserTaskException("Expected a place for classes, found " + entry, e);
      }
    }
    ClassLoader own = UserTasks.class.getClassLoader();
    return urls.isEmpty() ? own : new URLClassLoader(urls.toArray(URL[]::new), own);
  }

  private static List<EditTask> services(ClassLoader loader, List<Path> classpath) {
    try {
      List<EditTask> found =
          ServiceLoader.load(EditTask.class, loader).stream()
              .map(ServiceLoader.Provider::get)
              .toList();
      if (found.isEmpty()) {
        throw new UserTaskException(
            "Expected tasks named in META-INF/services/%s on %s, found none. Add that file, or name the classes"
                .formatted(EditTask.class.getName(), classpath),
            null);
      }
      return found;
    } catch (ServiceConfigurationError e) {
      throw new UserTaskException(
          "Expected services that are tasks, found: " + e.getMessage() + ". Correct the class", e);
    }
  }

  private static EditTask make(ClassLoader loader, String name) {
    Class<?> type;
    try {
      type = Class.forName(name, true, loader);
    } catch (ClassNotFoundException e) {
      throw new UserTaskException(
          "Expected a class %s, found none. Check its package, and that its jar or folder is on the class path"
              .formatted(name),
          e);
    } catch (LinkageError e) {
      throw new UserTaskException(
          "Expected class %s to load, found %s. Build it against this version of Mneme"
              .formatted(name, e),
          e);
    }
    if (!EditTask.class.isAssignableFrom(type) || Modifier.isAbstract(type.getModifiers())) {
      throw new UserTaskException(
          "Expected %s to be a class that implements %s, found none. Let it implement that"
              .formatted(name, EditTask.class.getName()),
          null);
    }
    try {
      return (EditTask) type.getConstructor().newInstance();
    } catch (InvocationTargetException e) {
      throw new UserTaskException(
          "Expected the constructor of %s to work, found %s. Correct it"
              .formatted(name, e.getCause()),
          e);
    } catch (ReflectiveOperationException e) {
      throw new UserTaskException(
          "Expected %s to be public with a public constructor without parameters, found neither or one. Add it"
              .formatted(name),
          e);
    }
  }

  private static void check(EditTask task, Set<String> names) {
    String type = task.getClass().getName();
    String name = task.name();
    if (name == null || !NAME.matcher(name).matches()) {
      throw new UserTaskException(
          "Expected a name of lower-case letters, digits and underscores from task %s, found '%s'. Rename it"
              .formatted(type, name),
          null);
    }
    if (!names.add(name)) {
      throw new UserTaskException(
          "Expected a name of its own from task %s, found '%s', which another task has. Rename it"
              .formatted(type, name),
          null);
    }
    if (task.strength() == null || task.family() == null || task.learner() == null) {
      throw new UserTaskException(
          "Expected strength, family and learner from task %s, found null. Give all three"
              .formatted(type),
          null);
    }
    try {
      PhrasingsReader.of(task);
    } catch (IllegalArgumentException e) {
      throw new UserTaskException("Task " + type + ": " + e.getMessage(), e);
    }
  }
}

package dev.mneme.tensor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * Runs a piece of work whose native objects are freed when it ends, except those it returns.
 *
 * <p>A survivor belongs to the scope around the call if there is one and is freed with it;
 * otherwise it belongs to the caller, who may {@code close()} it (the garbage collector frees it at
 * last). Something returned that was not made by the work, such as a model's own weight, is left
 * exactly as it was.
 */
public final class Scopes {
  private Scopes() {}

  /** Work that makes native objects. */
  @FunctionalInterface
  public interface Work<R, E extends Exception> {
    /** Does the work inside the scope. */
    R run() throws E;
  }

  /** Work that returns nothing. */
  @FunctionalInterface
  public interface Action<E extends Exception> {
    /** Does the work inside the scope. */
    void run() throws E;
  }

  /** Runs {@code work}; of all native objects it made only the returned one survives. */
  public static <P extends Pointer, E extends Exception> P call(Work<P, E> work) throws E {
    return call(work, result -> result == null ? List.of() : List.of(result));
  }

  /**
   * Runs {@code work}; of all native objects it made only the elements of the returned list
   * survive.
   */
  public static <P extends Pointer, E extends Exception> List<P> callAll(Work<List<P>, E> work)
      throws E {
    return call(work, result -> result);
  }

  /**
   * Runs {@code work}; of all native objects it made only those survive that {@code survivors}
   * finds in the result, so that a record holding tensors can be returned.
   */
  public static <R, E extends Exception> R call(
      Work<R, E> work, Function<? super R, ? extends Collection<? extends Pointer>> survivors)
      throws E {
    PointerScope outer = PointerScope.getInnerScope();
    List<Pointer> kept = new ArrayList<>();
    R result;
    try (Recorder scope = new Recorder()) {
      result = work.run();
      for (Pointer survivor : survivors.apply(result)) {
        if (scope.made(survivor)) {
          survivor.retainReference();
          kept.add(survivor);
        }
      }
    }
    if (outer != null) {
      for (Pointer survivor : kept) {
        outer.attach(survivor);
        survivor.releaseReference();
      }
    }
    return result;
  }

  /** Runs {@code action}; every native object it made is freed at its end. */
  public static <E extends Exception> void run(Action<E> action) throws E {
    try (PointerScope scope = new PointerScope()) {
      action.run();
    }
  }

  /** A scope that can tell whether an object was made in it. */
  private static final class Recorder extends PointerScope {
    private final ArrayList<Pointer> attached = new ArrayList<>();

    @Override
    public PointerScope attach(Pointer pointer) {
      attached.add(pointer);
      return super.attach(pointer);
    }

    boolean made(Pointer pointer) {
      for (int i = attached.size() - 1; i >= 0; i--) { // results are usually made last
        if (attached.get(i) == pointer) {
          return true;
        }
      }
      return false;
    }
  }
}

package dev.mneme.peers;

import dev.mneme.edit.picture.BilateralFilter;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.peers.Peer.Option;
import dev.mneme.peers.filter.Clahe;
import dev.mneme.peers.filter.DarkChannelPrior;
import dev.mneme.peers.filter.Enlargement;
import dev.mneme.peers.filter.Enlargement.Kernel;
import dev.mneme.peers.filter.Levels;
import dev.mneme.peers.filter.NonLocalMeans;
import dev.mneme.peers.filter.UnsharpMask;
import dev.mneme.peers.filter.WienerFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The tools for each task, with the grid over which each is tuned. */
public final class ClassicPeers {
  private static final List<String> TASKS =
      List.of("denoise", "deblur", "clear_haze", "remove_jpeg", "low_light", "upscale");

  private ClassicPeers() {}

  /** The tasks for which there are tools, in a fixed order. */
  public static List<EditTask> tasks() {
    return TASKS.stream().map(EditTasks::named).toList();
  }

  /**
   * The tools for a task; the grids reach beyond what helps on either side.
   *
   * @throws IllegalArgumentException if there is none; the message lists the tasks there are
   */
  public static List<Peer> of(EditTask task) {
    return switch (task.name()) {
      case "denoise" ->
          List.of(
              nonLocalMeans(of(6, 10, 15, 20, 25), of(6, 10, 15, 20, 30)),
              bilateral(of(1, 1.5, 2, 3), of(0.1, 0.15, 0.2, 0.3, 0.4)));
      case "deblur" -> List.of(unsharpMask(), wiener());
      case "clear_haze" -> List.of(darkChannel(), levels("auto levels", of(1)));
      case "remove_jpeg" ->
          List.of(
              bilateral(of(0.7, 1, 1.5, 2, 3), of(0.02, 0.04, 0.07, 0.1, 0.15)),
              nonLocalMeans(of(1, 2, 3, 5, 8), of(2, 5, 10)));
      case "low_light" ->
          List.of(
              clahe(),
              levels("auto levels", of(1)),
              levels("levels with gamma", of(1.2, 1.4, 1.6, 1.8, 2, 2.2)));
      case "upscale" ->
          List.of(
              enlargement("bicubic", Kernel.BICUBIC),
              enlargement("Lanczos", Kernel.LANCZOS),
              sharpenedLanczos());
      default ->
          throw new IllegalArgumentException(
              "Expected a task that classical tools do, one of %s, found %s"
                  .formatted(TASKS, task.name()));
    };
  }

  private static Peer nonLocalMeans(double[] lights, double[] colours) {
    List<Option> grid = new ArrayList<>();
    for (double light : lights) {
      for (double colour : colours) {
        grid.add(
            new Option(
                "h %s, colour %s".formatted(plain(light), plain(colour)),
                new NonLocalMeans(light, colour)::apply));
      }
    }
    return new Peer("non-local means", grid);
  }

  private static Peer bilateral(double[] spaces, double[] colours) {
    List<Option> grid = new ArrayList<>();
    for (double space : spaces) {
      for (double colour : colours) {
        grid.add(
            new Option(
                "space %s px, colour %s".formatted(plain(space), plain(colour)),
                new BilateralFilter(space, colour)::apply));
      }
    }
    return new Peer("bilateral filter", grid);
  }

  private static Peer unsharpMask() {
    List<Option> grid = new ArrayList<>();
    for (double sigma : of(1, 1.5, 2, 3)) {
      for (double amount : of(0.25, 0.5, 1, 1.5, 2, 3)) {
        grid.add(
            new Option(
                "sigma %s px, amount %s".formatted(plain(sigma), plain(amount)),
                new UnsharpMask(sigma, amount)::apply));
      }
    }
    return new Peer("unsharp mask", grid);
  }

  private static Peer wiener() {
    List<Option> grid = new ArrayList<>();
    for (double sigma : of(1, 1.25, 1.5, 1.75)) {
      for (double noise : of(1e-5, 1e-4, 1e-3, 1e-2, 1e-1)) {
        grid.add(
            new Option(
                "sigma %s px, noise %s".formatted(plain(sigma), plain(noise)),
                new WienerFilter(sigma, noise)::apply));
      }
    }
    return new Peer("Wiener deconvolution", grid);
  }

  private static Peer darkChannel() {
    List<Option> grid = new ArrayList<>();
    for (int patch : new int[] {3, 7, 15}) {
      for (double share : of(0.5, 0.6, 0.7, 0.8, 0.9, 0.95)) {
        grid.add(
            new Option(
                "patch %d px, share %s".formatted(patch, plain(share)),
                new DarkChannelPrior(patch, share)::apply));
      }
    }
    return new Peer("dark channel prior", grid);
  }

  private static Peer clahe() {
    List<Option> grid = new ArrayList<>();
    for (int parts : new int[] {1, 2, 4, 8}) {
      for (double limit : of(1, 2, 4, 8, 16, 32)) {
        grid.add(
            new Option(
                "limit %s, %d x %d parts".formatted(plain(limit), parts, parts),
                new Clahe(limit, parts)::apply));
      }
    }
    return new Peer("CLAHE", grid);
  }

  private static Peer levels(String name, double[] gammas) {
    List<Option> grid = new ArrayList<>();
    for (boolean together : new boolean[] {true, false}) {
      for (double clip : of(0, 0.001, 0.005, 0.02, 0.05)) {
        for (double gamma : gammas) {
          String says =
              "clip %s, %s".formatted(plain(clip), together ? "all channels" : "each channel")
                  + (gamma == 1 ? "" : ", gamma " + plain(gamma));
          grid.add(new Option(says, new Levels(clip, together, gamma)::apply));
        }
      }
    }
    return new Peer(name, grid);
  }

  private static Peer enlargement(String name, Kernel kernel) {
    return new Peer(name, List.of(new Option("", new Enlargement(kernel)::apply)));
  }

  private static Peer sharpenedLanczos() {
    UnaryOperator<Picture> lanczos = new Enlargement(Kernel.LANCZOS)::apply;
    List<Option> grid = new ArrayList<>();
    for (double sigma : of(0.7, 1, 1.5)) {
      for (double amount : of(0.1, 0.25, 0.5, 1)) {
        UnsharpMask mask = new UnsharpMask(sigma, amount);
        grid.add(
            new Option(
                "sigma %s px, amount %s".formatted(plain(sigma), plain(amount)),
                picture -> mask.apply(lanczos.apply(picture))));
      }
    }
    return new Peer("Lanczos, then unsharp mask", grid);
  }

  private static double[] of(double... values) {
    return values;
  }

  /** Without a point where none is needed. */
  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}

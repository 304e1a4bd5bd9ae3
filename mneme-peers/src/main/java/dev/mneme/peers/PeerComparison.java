package dev.mneme.peers;

import dev.mneme.edit.learn.EditExample;
import dev.mneme.edit.measure.Candidate;
import dev.mneme.edit.measure.Evaluation;
import dev.mneme.edit.measure.EvaluationSet;
import dev.mneme.edit.measure.Evaluator;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.pipeline.TileProgress;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTask.Learner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An editor beside its peers.
 *
 * @param rounds pictures a task
 * @param tasks what came of each
 */
public record PeerComparison(int rounds, List<OfTask> tasks) {
  /** Pictures of each task that are kept to be shown. */
  public static final int SHOWN = 2;

  /**
   * What came of one task.
   *
   * @param task name
   * @param later whether it arrived after the first memory was taught
   * @param source the pictures as they were given
   * @param editor of the candidate
   * @param peers in the order of {@link ClassicPeers#of(EditTask)}
   * @param targets of the shown pictures
   */
  public record OfTask(
      String task,
      boolean later,
      Entry source,
      Entry editor,
      List<Entry> peers,
      List<Picture> targets) {
    /** The peer of the highest mean PSNR. */
    public Entry bestPeer() {
      return peers.stream()
          .max(Comparator.comparingDouble(peer -> peer.marks().meanPsnr()))
          .orElseThrow();
    }
  }

  /**
   * One who was asked.
   *
   * @param name as it stands in tables
   * @param setting the best way to set it; empty where there is nothing to set
   * @param tried ways to set it that were tried
   * @param marks of all pictures
   * @param shown the first {@value #SHOWN} edited pictures, fewer if there are not as many
   */
  public record Entry(String name, String setting, int tried, Marks marks, List<Picture> shown) {}

  /**
   * Asks the editor and all peers, and tunes each peer on the very questions it is measured on: of
   * its grid the option of the highest mean PSNR counts, one for all pictures of a task.
   *
   * @param setting tasks must have {@linkplain ClassicPeers peers}
   * @param editor a candidate that sees its own pictures
   * @param progress told how many of all edits are done
   * @throws IllegalArgumentException if a task has no peers, or there is less than one round
   */
  public static PeerComparison run(
      Evaluation.Setting setting, Candidate editor, TileProgress progress) {
    if (setting.rounds() < 1) {
      throw new IllegalArgumentException(
          "Expected at least 1 picture a task, found " + setting.rounds());
    }
    Map<EditTask, List<Peer>> peers = new LinkedHashMap<>();
    setting.tasks().forEach(task -> peers.put(task, ClassicPeers.of(task)));
    int options =
        peers.values().stream().flatMap(List::stream).mapToInt(p -> p.options().size()).sum();
    Counter counter = new Counter(progress, (setting.tasks().size() + options) * setting.rounds());
    List<OfTask> tasks = new ArrayList<>();
    for (EvaluationSet set : Questions.of(setting, editor.base().config().tile())) {
      List<Picture> sources = set.examples().stream().map(e -> e.tile().source()).toList();
      List<Picture> targets = set.examples().stream().map(e -> e.tile().target()).toList();
      List<Picture> edited = new Evaluator(set, setting.precision()).edit(editor);
      counter.add(set.rounds());
      EditTask task = set.tasks().get(0);
      tasks.add(
          new OfTask(
              task.name(),
              task.learner() == Learner.LATER,
              entry("source", "", 0, sources, targets),
              entry(editor.name(), "", 0, edited, targets),
              peers.get(task).stream().map(peer -> tuned(peer, set, counter)).toList(),
              first(targets)));
    }
    return new PeerComparison(setting.rounds(), List.copyOf(tasks));
  }

  private static Entry tuned(Peer peer, EvaluationSet set, Counter counter) {
    List<Picture> targets = set.examples().stream().map(e -> e.tile().target()).toList();
    Entry best = null;
    for (Peer.Option option : peer.options()) {
      List<Picture> edited = new ArrayList<>();
      for (EditExample example : set.examples()) {
        edited.add(option.filter().apply(example.tile().source()));
        counter.add(1);
      }
      Entry entry = entry(peer.name(), option.says(), peer.options().size(), edited, targets);
      if (best == null || entry.marks().meanPsnr() > best.marks().meanPsnr()) {
        best = entry;
      }
    }
    return best;
  }

  private static Entry entry(
      String name, String setting, int tried, List<Picture> edited, List<Picture> targets) {
    return new Entry(name, setting, tried, Marks.of(edited, targets), first(edited));
  }

  private static List<Picture> first(List<Picture> pictures) {
    return List.copyOf(pictures.subList(0, Math.min(SHOWN, pictures.size())));
  }

  /** Adds up what is done. */
  private static final class Counter {
    private final TileProgress progress;
    private final int total;
    private int done;

    Counter(TileProgress progress, int total) {
      this.progress = progress;
      this.total = total;
    }

    void add(int edits) {
      done += edits;
      progress.tile(done, total);
    }
  }
}

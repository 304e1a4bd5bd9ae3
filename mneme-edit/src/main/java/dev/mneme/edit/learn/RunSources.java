package dev.mneme.edit.learn;

import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.corpus.Triple;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.learn.BatchSource;
import dev.mneme.learn.HeldOut;
import java.util.ArrayList;
import java.util.List;

/**
 * The batches of a run: tasks on photographs, triples, or some of each in every batch.
 *
 * @param run what is learned from
 * @param wording the sentences that are learned from
 * @param encoder reads sentences
 * @param tile side of a tile
 */
record RunSources(RunConfig run, Wording wording, TextEncoder encoder, int tile) {
  private static final long SEED = 1;

  /** A multiple of three, so that whole pictures and parts of larger ones are measured. */
  private static final int BATCHES = 6;

  /** What is learned from. */
  BatchSource<EditBatch> train() {
    return source(run.photos(), run.triples().triples(), wording, run.seed());
  }

  /** What is measured with: the same whatever the run's seed; null where nothing is measured. */
  HeldOut<EditBatch> heldOut() {
    if (run.training().refinements().evaluateEvery() == 0) {
      return null;
    }
    HeldOutData data = run.heldOut();
    return new HeldOut<>(
        source(data.photos(), data.triples(), Wording.ENGLISH_HELD_OUT, SEED), BATCHES);
  }

  private BatchSource<EditBatch> source(
      List<Photo> photos, List<Triple> triples, Wording drawn, long seed) {
    double composed = drawn.trains() ? run.composed() : 0;
    double shown = drawn.trains() ? run.shown() : 0;
    int ofTriples = run.triples().of(run.batch());
    List<BatchSource<EditBatch>> parts = new ArrayList<>();
    if (ofTriples < run.batch()) {
      ExampleMaker maker = new ExampleMaker(drawn, encoder, tile, composed, shown);
      parts.add(new EditBatches(photos, run.tasks(), maker, run.batch() - ofTriples, seed));
    }
    if (ofTriples > 0) {
      parts.add(new TripleBatches(triples, encoder, drawn, tile, ofTriples, seed));
    }
    return parts.size() == 1 ? parts.get(0) : step -> together(parts, step);
  }

  /** Parts agree on whether a step's pictures are whole, since that is a matter of the step. */
  private static EditBatch together(List<BatchSource<EditBatch>> parts, long step) {
    List<EditExample> all = new ArrayList<>();
    boolean whole = true;
    for (BatchSource<EditBatch> part : parts) {
      EditBatch batch = part.batch(step);
      all.addAll(batch.examples());
      whole &= batch.whole();
    }
    return new EditBatch(all, whole);
  }
}

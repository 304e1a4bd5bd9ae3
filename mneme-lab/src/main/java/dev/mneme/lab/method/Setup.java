package dev.mneme.lab.method;

import dev.mneme.edit.learn.EditBatch;
import dev.mneme.edit.task.EditTask;
import dev.mneme.lab.run.FrozenEditor;
import dev.mneme.lab.run.GeneratorShape;
import dev.mneme.learn.BatchSource;
import java.util.List;

/**
 * What a method is made for.
 *
 * @param editor the frozen base
 * @param shape of the generator; its rank is the shared LoRA's too
 * @param tasks to learn
 * @param seed of fresh weights
 * @param batches that it will learn from, for who looks at some before
 * @param aside of photographs that nothing learns from, to choose by
 */
public record Setup(
    FrozenEditor editor,
    GeneratorShape shape,
    List<EditTask> tasks,
    long seed,
    BatchSource<EditBatch> batches,
    BatchSource<EditBatch> aside) {}

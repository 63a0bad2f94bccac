"""What the loop needs that numba does not offer: calling a kernel by its address, and flushing denormals to zero."""

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from simulator.kernels.columns import COLUMNS
from simulator.machine.compiled import machine_function

FLUSH_X86 = 0x8040  # MXCSR: flush-to-zero and denormals-are-zero
FLUSH_ARM = 1 << 24  # FPCR: FZ


@intrinsic
def call_kernel(typingctx, address, layout, row, arrays, batch, mode, seed, step):
    """Call the native kernel at `address` for row `row` of the layout table.

    `arrays` is the tuple (constants, parameters, gradients, state, activations, deltas, workspace). An exception in
    the kernel leaves the loop as an ordinary one.
    """
    signature = types.void(types.int64, layout, types.int64, arrays, *[types.int64] * 4)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        table = context.make_array(signature.args[1])(context, builder, arguments[1])
        offset = builder.mul(arguments[2], ir.Constant(ir.IntType(64), COLUMNS))
        pointers = [builder.gep(table.data, [offset])]
        kinds = [types.CPointer(types.int64)]
        for index, kind in enumerate(signature.args[3].types):
            held = context.make_array(kind)(context, builder, builder.extract_value(arguments[3], index))
            pointers.append(held.data)
            kinds.append(types.CPointer(kind.dtype))
        kinds += [types.int64] * 4
        convention = context.call_conv
        native = convention.get_function_type(types.none, kinds)
        function = builder.inttoptr(arguments[0], native.as_pointer())
        status, _ = convention.call_function(builder, function, types.none, kinds, [*pointers, *arguments[4:]])
        with cgutils.if_unlikely(builder, status.is_error):
            convention.return_status_propagate(builder, status)
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def read_control(typingctx):
    """Return this thread's floating-point control word; 0 on a processor that is not known."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        word = ir.IntType(64)
        triple = builder.module.triple
        if triple.startswith(("x86_64", "i386", "i686")):
            slot = cgutils.alloca_once(builder, ir.IntType(32))
            kind = ir.FunctionType(ir.VoidType(), [ir.IntType(8).as_pointer()])
            store = cgutils.get_or_insert_function(builder.module, kind, "llvm.x86.sse.stmxcsr")
            builder.call(store, [builder.bitcast(slot, ir.IntType(8).as_pointer())])
            return builder.zext(builder.load(slot), word)
        if triple.startswith(("aarch64", "arm64")):
            get = cgutils.get_or_insert_function(builder.module, ir.FunctionType(word, []), "llvm.aarch64.get.fpcr")
            return builder.call(get, [])
        return ir.Constant(word, 0)

    return types.int64(), generate


@intrinsic
def write_control(typingctx, value, flush):
    """Set this thread's floating-point control word to `value`, with denormals flushed to zero where `flush` is 1."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        word = ir.IntType(64)
        triple = builder.module.triple
        value, flush = arguments
        if triple.startswith(("x86_64", "i386", "i686")):
            wanted = builder.or_(value, builder.mul(flush, ir.Constant(word, FLUSH_X86)))
            slot = cgutils.alloca_once(builder, ir.IntType(32))
            builder.store(builder.trunc(wanted, ir.IntType(32)), slot)
            kind = ir.FunctionType(ir.VoidType(), [ir.IntType(8).as_pointer()])
            load = cgutils.get_or_insert_function(builder.module, kind, "llvm.x86.sse.ldmxcsr")
            builder.call(load, [builder.bitcast(slot, ir.IntType(8).as_pointer())])
        elif triple.startswith(("aarch64", "arm64")):
            wanted = builder.or_(value, builder.mul(flush, ir.Constant(word, FLUSH_ARM)))
            kind = ir.FunctionType(ir.VoidType(), [word])
            builder.call(cgutils.get_or_insert_function(builder.module, kind, "llvm.aarch64.set.fpcr"), [wanted])
        return context.get_dummy_value()

    return types.void(types.int64, types.int64), generate


@machine_function
def flush_denormals():
    """Flush denormals to zero in this thread and return the control word that was in force."""
    before = read_control()
    write_control(before, 1)
    return before


@machine_function
def restore_control(before):
    """Put back what `flush_denormals` returned."""
    write_control(before, 0)

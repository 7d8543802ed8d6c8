package io.podcapture.pcap.filter;

/** How the methods of a generated class are called, and what they find where. */
final class FilterMethods {
    static final String NAME = "io/podcapture/pcap/filter/CompiledFilter";
    static final String NUMBERS = "numbers";
    static final String NUMBERS_TYPE = "[I";

    /** The parameter behind those of {@link Matcher#matches}: at which block a region is entered. */
    static final int ENTRY = 5;

    /** The parameter that holds the first of the region's slots. */
    static final int FIRST_SLOT = 6;

    private final ConstantPool pool;

    FilterMethods(ConstantPool pool) {
        this.pool = pool;
    }

    String name(Region region) {
        return region.number == 0 ? "matches" : "from" + region.number;
    }

    String descriptor(Region region) {
        return "(Ljava/nio/ByteBuffer;" + "I".repeat(parameters(region) - 2) + ")Z";
    }

    /** {@return how many local variables hold the object and the parameters} */
    int parameters(Region region) {
        return region.number == 0 ? ENTRY : FIRST_SLOT + region.slots().size();
    }

    int parameter(Region region, int slot) {
        return FIRST_SLOT + region.slots().indexOf(slot);
    }

    void call(MethodCode code, Region region) {
        code.withConstant(Opcodes.INVOKESPECIAL, pool.method(NAME, name(region), descriptor(region)));
    }

    void pushNumbers(MethodCode code) {
        code.local(Opcodes.ALOAD, 0);
        code.withConstant(Opcodes.GETFIELD, pool.field(NAME, NUMBERS, NUMBERS_TYPE));
    }
}

package io.podcapture.pcap.filter;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes the class of a program, of Java 17. Source: The Java Virtual Machine Specification, 4 "The class File Format". */
final class FilterClass {
    private static final int MAGIC = 0xcafebabe;
    private static final int JAVA_17 = 61;
    private static final int FINAL_SUPER_SYNTHETIC = 0x1030;
    private static final int PRIVATE = 0x02;
    private static final int PUBLIC = 0x01;
    private static final int PRIVATE_FINAL = 0x12;
    private static final int MOST_CONSTANTS = 65_535;

    /** Of all methods, eight octets each on the stack of a thread, for every one may call the next. */
    private static final int MOST_LOCALS = 30_000;

    private static final String CONSTRUCTOR = "<init>";

    private final ConstantPool pool = new ConstantPool();
    private final FilterMethods methods = new FilterMethods(pool);
    private final Octets members = new Octets();

    private FilterClass() {}

    /** {@return the class, or empty if the program is larger than a class can be} */
    static Optional<byte[]> of(Flow flow, Set<Value> needed) {
        return new FilterClass().write(new Regions(flow.blocks()), needed);
    }

    private Optional<byte[]> write(Regions regions, Set<Value> needed) {
        int name = pool.classOf(FilterMethods.NAME);
        int parent = pool.classOf("java/lang/Object");
        int matcher = pool.classOf("io/podcapture/pcap/filter/Matcher");
        constructor();
        int locals = 0;
        for (Region region : regions.all()) {
            RegionWriter writer = new RegionWriter(region, regions, needed, methods, pool);
            MethodCode code = writer.write();
            locals += writer.locals();
            if (code.length() > MethodCode.MOST_OCTETS || pool.count() > MOST_CONSTANTS || locals > MOST_LOCALS) {
                return Optional.empty();
            }
            method(region.number == 0 ? PUBLIC : PRIVATE, methods.name(region), methods.descriptor(region));
            code.writeTo(
                    members,
                    List.of(FilterMethods.NAME, "java/nio/ByteBuffer"),
                    methods.parameters(region),
                    writer.locals());
        }
        int field = pool.utf8(FilterMethods.NUMBERS);
        int type = pool.utf8(FilterMethods.NUMBERS_TYPE);
        if (pool.count() > MOST_CONSTANTS) {
            return Optional.empty();
        }
        Octets file = new Octets().u4(MAGIC).u2(0).u2(JAVA_17);
        file.u2(pool.count()).all(pool.entries());
        file.u2(FINAL_SUPER_SYNTHETIC).u2(name).u2(parent).u2(1).u2(matcher);
        file.u2(1).u2(PRIVATE_FINAL).u2(field).u2(type).u2(0);
        file.u2(regions.all().size() + 1).all(members).u2(0);
        return Optional.of(file.toArray());
    }

    private void constructor() {
        method(0, CONSTRUCTOR, "([I)V");
        MethodCode code = new MethodCode(pool);
        code.local(Opcodes.ALOAD, 0);
        code.withConstant(Opcodes.INVOKESPECIAL, pool.method("java/lang/Object", CONSTRUCTOR, "()V"));
        code.local(Opcodes.ALOAD, 0);
        code.local(Opcodes.ALOAD, 1);
        code.withConstant(
                Opcodes.PUTFIELD, pool.field(FilterMethods.NAME, FilterMethods.NUMBERS, FilterMethods.NUMBERS_TYPE));
        code.simple(Opcodes.RETURN);
        code.writeTo(members, List.of(), 2, 2);
    }

    private void method(int access, String name, String descriptor) {
        members.u2(access).u2(pool.utf8(name)).u2(pool.utf8(descriptor)).u2(1);
    }
}

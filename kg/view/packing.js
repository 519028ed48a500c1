// Columns → records; the other half is packing.py. What is made many times over is shared and never changed.
kg.packing = (() => {
  const column = ({ values, distinct, at }) => values ?? at.map((place) => distinct[place]);

  function unpack({ count, columns }) {
    const full = Object.entries(columns).map(([name, held]) => [name, column(held)]);
    return Array.from({ length: count }, (_, row) => {
      const record = {};
      for (const [name, values] of full) record[name] = values[row];
      return record;
    });
  }

  return { unpack };
})();

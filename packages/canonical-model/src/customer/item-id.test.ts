import { expect, test } from 'vitest';
import { modelAsShipped } from './model/model.ts';
import { itemIdOf, itemKeyOf } from './item-id.ts';

test('an item is named by its list and key, whatever else it holds and in whatever order its members came', () => {
  const id = 'products:["WASH-7",null]';
  expect(itemIdOf(modelAsShipped.listOf('products')!, { name: 'Washer', sku: 'WASH-7' })).toBe(id);
  expect(itemIdOf(modelAsShipped.listOf('products')!, { serial: null, sku: 'WASH-7' })).toBe(id);
  expect(itemKeyOf(id, modelAsShipped)).toEqual(['WASH-7', null]);
});

test.each(['name', 'products:', 'products:{}', 'products:["a"]', 'shoes:["a",null]'])('%s names no item', (id) => {
  expect(itemKeyOf(id, modelAsShipped)).toBeNull();
});
